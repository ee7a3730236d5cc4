import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DecimalText, Identifier } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

export const StandingRequest = Type.Object(
  { customer: Identifier("The customer's number.", 40), currency: CurrencyCode },
  closed,
);
export type StandingRequest = Frozen<Static<typeof StandingRequest>>;

/** What the system of record says of a customer. Amounts in its currency. */
export const CustomerStanding = Type.Union([
  Type.Object({ known: Type.Literal(false) }, closed),
  Type.Object(
    {
      known: Type.Literal(true),
      name: Type.String(),
      blocked: Type.Boolean(),
      currency: CurrencyCode,
      /** Absent: no limit. */
      creditLimit: Type.Optional(DecimalText),
      /** Owed and ordered so far, as that system counts it. */
      creditUsed: DecimalText,
    },
    closed,
  ),
]);
export type CustomerStanding = Frozen<Static<typeof CustomerStanding>>;

export interface CustomersVerbs {
  /** A question: changes nothing. */
  standing(request: StandingRequest, call: Call): Promise<CustomerStanding>;
}
export const Customers = defineCapability<CustomersVerbs>('customers');

import { type Call, type Decimal, defineCapability } from '#model/kernel';

export interface StandingRequest {
  readonly customer: string;
  readonly currency: string;
}

/** What the system of record says of a customer. Amounts in its currency. */
export type CustomerStanding =
  | { readonly known: false }
  | {
      readonly known: true;
      readonly name: string;
      readonly blocked: boolean;
      readonly currency: string;
      /** Absent: no limit. */
      readonly creditLimit?: Decimal;
      /** Owed and ordered so far, as that system counts it. */
      readonly creditUsed: Decimal;
    };

export interface CustomersVerbs {
  /** A question: changes nothing. */
  standing(request: StandingRequest, call: Call): Promise<CustomerStanding>;
}
export const Customers = defineCapability<CustomersVerbs>('customers');

import { type Static, Type } from 'typebox';
import { Address } from './address.ts';
import { CurrencyCode, closed, DecimalText, Identifier } from './schema.ts';

/** What a party is to us in a deal. SAP's partner functions; X12 N101 BY, ST, BT, PR. */
export const PartyRole = Type.Union([
  Type.Literal('sold-to'),
  Type.Literal('ship-to'),
  Type.Literal('bill-to'),
  Type.Literal('payer'),
]);
export type PartyRole = Static<typeof PartyRole>;

/** Who buys. UBL CustomerParty, X12 N1 loop with BY. */
export const Customer = Type.Object(
  {
    customer: Identifier('The number in the system of record. UBL CustomerAssignedAccountID, X12 N104.', 40),
    name: Identifier('UBL PartyName, X12 N102.', 100),
    currency: CurrencyCode,
    active: Type.Boolean({ description: 'Whether new orders are taken.' }),
    taxNumber: Type.Optional(Identifier('UBL PartyTaxScheme/CompanyID, X12 REF with TJ.', 40)),
    creditLimit: Type.Optional(DecimalText),
    email: Type.Optional(Identifier('UBL Contact/ElectronicMail, X12 PER with EM.', 254)),
    /** One address may serve several roles. */
    addresses: Type.Optional(
      Type.Array(Type.Object({ roles: Type.Array(PartyRole, { minItems: 1 }), address: Address }, closed), {
        maxItems: 200,
      }),
    ),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/customer/1' },
);
export type Customer = Static<typeof Customer>;

import { type Static, Type } from 'typebox';
import { billedLine, billedTotals } from './billed-line.ts';
import { CurrencyCode, closed, DateText, Identifier } from './schema.ts';

export const InvoiceLine = Type.Object(
  {
    ...billedLine,
    /** With what it left; absent on a charge. UBL DespatchLineReference. */
    shipmentNumber: Type.Optional(Identifier('Shipment.', 40)),
  },
  closed,
);
export type InvoiceLine = Static<typeof InvoiceLine>;

/** What is owed for what was shipped and charged. UBL Invoice, X12 810. */
export const Invoice = Type.Object(
  {
    invoiceNumber: Identifier("The finance system's number. UBL ID, X12 BIG02.", 40),
    customer: Identifier('UBL AccountingCustomerParty, X12 N1 with BT.', 40),
    currency: CurrencyCode,
    issueDate: DateText,
    dueDate: Type.Optional(DateText),
    customerPurchaseOrder: Type.Optional(Identifier('UBL OrderReference/CustomerReference, X12 BIG04.', 40)),
    lines: Type.Array(InvoiceLine, { minItems: 1, maxItems: 10_000 }),
    ...billedTotals,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/invoice/1' },
);
export type Invoice = Static<typeof Invoice>;

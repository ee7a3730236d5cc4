import { type Static, Type } from 'typebox';
import { billedLine, billedTotals } from './billed-line.ts';
import { CurrencyCode, closed, DateText, Identifier, PlainText } from './schema.ts';

export const CreditMemoLine = Type.Object(
  {
    ...billedLine,
    /** The invoice's line that is credited. UBL BillingReference/BillingReferenceLine. */
    invoiceLineNumber: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type CreditMemoLine = Static<typeof CreditMemoLine>;

/** What is no longer owed. Amounts are positive. UBL CreditNote, X12 812, and 810 with a credit type in BIG07. */
export const CreditMemo = Type.Object(
  {
    creditMemoNumber: Identifier("The finance system's number. UBL ID.", 40),
    invoiceNumber: Identifier('UBL BillingReference/InvoiceDocumentReference.', 40),
    returnNumber: Type.Optional(Identifier('The return that it settles. X12 REF with RMA.', 40)),
    customer: Identifier('UBL AccountingCustomerParty.', 40),
    currency: CurrencyCode,
    issueDate: DateText,
    reason: PlainText('UBL DiscrepancyResponse/Description.'),
    lines: Type.Array(CreditMemoLine, { minItems: 1, maxItems: 10_000 }),
    ...billedTotals,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/credit-memo/1' },
);
export type CreditMemo = Static<typeof CreditMemo>;

import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DateText, DecimalText, Identifier, PlainText, UnitCode } from './schema.ts';

export const QuoteLine = Type.Object(
  {
    lineNumber: Type.Integer({ minimum: 1, maximum: 99_999, description: 'UBL QuotationLine/ID, X12 PO101.' }),
    item: Identifier('Our item number.', 40),
    description: Type.Optional(PlainText('UBL Item/Description.', 200)),
    quantity: DecimalText,
    unit: UnitCode,
    unitPrice: DecimalText,
  },
  closed,
);
export type QuoteLine = Static<typeof QuoteLine>;

/** What we offered a customer; won, it becomes an order. UBL Quotation, X12 843. */
export const Quote = Type.Object(
  {
    quoteNumber: Identifier("The sales system's number. UBL ID, X12 BQR02.", 40),
    customer: Identifier('To whom.', 40),
    currency: CurrencyCode,
    issueDate: DateText,
    /** The last day on which it holds. UBL ValidityPeriod/EndDate. */
    validUntil: Type.Optional(DateText),
    lines: Type.Array(QuoteLine, { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/quote/1' },
);
export type Quote = Static<typeof Quote>;

import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier, InstantText, PlainText, UnitCode } from './schema.ts';

/** What becomes of returned goods. X12 element 1292 has codes for each. */
export const Disposition = Type.Union([
  Type.Literal('restock'),
  Type.Literal('repair'),
  Type.Literal('scrap'),
  Type.Literal('return-to-vendor'),
  Type.Literal('keep-with-allowance'),
  Type.Literal('denied'),
]);
export type Disposition = Static<typeof Disposition>;

export const ReturnLine = Type.Object(
  {
    lineNumber: Type.Integer({ minimum: 1 }),
    orderNumber: Identifier('The order that it came with.', 30),
    orderLineNumber: Type.Integer({ minimum: 1 }),
    item: Identifier('Our item number.', 40),
    /** What the customer may send. Salesforce ReturnOrderLineItem QuantityReturned. */
    quantity: DecimalText,
    unit: UnitCode,
    reason: PlainText('X12 RDR reason.'),
    /** What arrived and was inspected, by what becomes of it; absent until then. UBL ReceiptLine, EPCIS disposition. */
    inspected: Type.Optional(
      Type.Array(Type.Object({ quantity: DecimalText, disposition: Disposition }, closed), { maxItems: 20 }),
    ),
  },
  closed,
);
export type ReturnLine = Static<typeof ReturnLine>;

/** Goods that come back. Salesforce ReturnOrder, X12 180. */
export const Return = Type.Object(
  {
    returnNumber: Identifier('The authorisation that the customer quotes. X12 BGN02, REF with RMA.', 40),
    customer: Identifier('Who returns.', 40),
    site: Type.Optional(Identifier('The warehouse that receives it.', 20)),
    authorisedAt: InstantText,
    lines: Type.Array(ReturnLine, { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/return/1' },
);
export type Return = Static<typeof Return>;

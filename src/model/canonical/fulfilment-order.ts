import { type Static, Type } from 'typebox';
import { Address } from './address.ts';
import { closed, DateText, DecimalText, Identifier, PlainText, UnitCode } from './schema.ts';

export const FulfilmentLine = Type.Object(
  {
    lineNumber: Type.Integer({ minimum: 1, description: "The order line's number. X12 LX01, N9*LI." }),
    item: Identifier('Our item number. X12 W0105 with qualifier VN.', 40),
    description: Type.Optional(PlainText('What the item is called, for people.', 200)),
    quantity: DecimalText,
    unit: UnitCode,
  },
  closed,
);
export type FulfilmentLine = Static<typeof FulfilmentLine>;

/** Lines of one order that one warehouse ships to one recipient. Salesforce FulfillmentOrder, X12 940. */
export const FulfilmentOrder = Type.Object(
  {
    /** Unique for ever: `<orderNumber>-<site>-<round>`. X12 W0502 depositor order number. */
    fulfilmentNumber: Identifier('Depositor order number.', 40),
    orderNumber: Identifier('Order.', 30),
    customerPurchaseOrder: Type.Optional(Identifier('X12 W0503.', 40)),
    site: Identifier('The warehouse, by our name for it.', 20),
    shipTo: Address,
    requestedDate: Type.Optional(DateText),
    lines: Type.Array(FulfilmentLine, { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/fulfilment-order/1' },
);
export type FulfilmentOrder = Static<typeof FulfilmentOrder>;

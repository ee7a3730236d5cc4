import { type Static, Type } from 'typebox';
import { Address } from './address.ts';
import { CurrencyCode, closed, DateText, DecimalText, Identifier, InstantText, PlainText, UnitCode } from './schema.ts';

/** Goods ship. Charges (postage, discount, bank charge, service, sample, manual) never do; they are invoiced. */
export const LineKind = Type.Union([Type.Literal('goods'), Type.Literal('charge')]);
export type LineKind = Static<typeof LineKind>;

/** What happens when there is too little stock: backorder the rest, wait for all, or cancel the rest. */
export const ShippingPolicy = Type.Union([
  Type.Literal('ship-partial'),
  Type.Literal('ship-complete'),
  Type.Literal('fill-or-kill'),
]);
export type ShippingPolicy = Static<typeof ShippingPolicy>;

export const Channel = Type.Union([
  Type.Literal('api'),
  Type.Literal('crm'),
  Type.Literal('file'),
  Type.Literal('edi'),
  Type.Literal('erp'),
]);
export type Channel = Static<typeof Channel>;

export const OrderLine = Type.Object(
  {
    lineNumber: Type.Integer({
      minimum: 1,
      maximum: 99_999,
      description: 'Unique in the order. UBL LineItem/ID, X12 PO101.',
    }),
    kind: LineKind,
    item: Identifier('Our item number, or the charge code. UBL SellersItemIdentification, X12 VN.', 40),
    description: Type.Optional(PlainText('What the item is called, for people.', 200)),
    quantity: DecimalText,
    unit: UnitCode,
    /** Agreed price for one unit before tax; a goods line's is compared with the customer's own price. Negative only on a charge (a discount). */
    unitPrice: Type.Optional(DecimalText),
  },
  closed,
);
export type OrderLine = Static<typeof OrderLine>;

/** Canonical Order, version 1: the immutable demand as it was accepted. Running state is apart (`LineQuantities`). UBL Order, X12 850. */
export const Order = Type.Object(
  {
    orderNumber: Identifier('Ours, given at the door.', 30),
    customer: Identifier("The customer's number, as the system of record gives it.", 40),
    customerPurchaseOrder: Type.Optional(
      Identifier("The customer's own number for this order. UBL CustomerReference, X12 BEG03.", 40),
    ),
    channel: Channel,
    /** Where it came from: `api:<consumer>`, an instance name, a file. */
    source: Identifier('Sender.', 80),
    /** The sender's id of it, e.g. a CRM opportunity. */
    sourceReference: Type.Optional(Identifier("The sender's own id.", 80)),
    currency: CurrencyCode,
    orderedAt: InstantText,
    requestedDate: Type.Optional(DateText),
    shippingPolicy: ShippingPolicy,
    shipTo: Type.Optional(Address),
    lines: Type.Array(OrderLine, { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order/1' },
);
export type Order = Static<typeof Order>;

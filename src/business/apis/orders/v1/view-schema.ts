import { type Static, Type } from 'typebox';
import {
  Address,
  Channel,
  CurrencyCode,
  closed,
  DateText,
  DecimalText,
  InstantText,
  LineKind,
  quantityStages,
  ShippingPolicy,
  UnitCode,
} from '#model/canonical';

export const Money = Type.Object({ amount: DecimalText, currency: CurrencyCode }, closed);
const optional = Type.Optional;

const Quantities = Type.Object(
  {
    ordered: DecimalText,
    ...Object.fromEntries(quantityStages.map((stage) => [stage, optional(DecimalText)])),
    invoiced: optional(DecimalText),
    returned: optional(DecimalText),
  },
  {
    ...closed,
    description:
      'ordered = open + allocated + released + picked + packed + shipped + backordered + cancelled; absent is zero.',
  },
);

const Hold = Type.Object(
  {
    hold: Type.String({ description: 'Its name, for releasing it.' }),
    kind: Type.String(),
    line: optional(Type.Integer()),
    reason: Type.String(),
    placedAt: InstantText,
  },
  closed,
);

const Waiver = Type.Object(
  {
    kind: Type.String(),
    line: optional(Type.Integer()),
    amount: optional(DecimalText),
    expires: optional(InstantText),
    held: Type.String({ description: 'What the hold said; a price waiver honours this difference and no other.' }),
    grantedBy: Type.String(),
    reason: Type.String(),
    grantedAt: InstantText,
  },
  closed,
);

const Line = Type.Object(
  {
    lineNumber: Type.Integer(),
    kind: LineKind,
    item: Type.String(),
    description: optional(Type.String()),
    quantity: DecimalText,
    unit: UnitCode,
    unitPrice: optional(DecimalText),
    quantities: optional(Quantities),
  },
  { ...closed, description: 'As it is wanted now, in the stock unit. Goods lines say where their quantity stands.' },
);

const Booking = Type.Object(
  {
    reference: Type.String({ description: "The sales order's number in the ERP." }),
    site: optional(Type.String()),
    untaxed: DecimalText,
    tax: DecimalText,
    total: DecimalText,
    withdrawn: optional(Type.Boolean({ description: 'It was taken back.' })),
  },
  closed,
);

const Fulfilment = Type.Object({ fulfilmentNumber: Type.String(), site: Type.String(), ended: Type.Boolean() }, closed);

const Shipment = Type.Object(
  {
    shipmentNumber: Type.String(),
    fulfilmentNumber: Type.String(),
    site: Type.String(),
    shippedAt: InstantText,
    carrier: optional(Type.String()),
    trackingNumber: optional(Type.String()),
  },
  closed,
);

const Invoice = Type.Object(
  { number: Type.String(), untaxed: DecimalText, tax: DecimalText, total: DecimalText },
  closed,
);

const Verdict = Type.Enum(['accepted', 'pending', 'refused', 'partly'], {
  description: '`pending`: the warehouses are asked. `partly`: some of it came too late.',
});

const Change = Type.Object(
  {
    id: Type.String(),
    requestedAt: InstantText,
    by: Type.String(),
    reason: Type.String(),
    what: Type.Array(Type.String(), { description: 'In words.' }),
    verdict: Verdict,
    because: optional(Type.String({ description: 'Why not, or not all of it.' })),
  },
  closed,
);

const Cancellation = Type.Object(
  {
    requestedBy: Type.String(),
    reason: Type.String(),
    requestedAt: InstantText,
    verdict: Verdict,
    because: optional(Type.String({ description: 'Why not, or not all of it.' })),
  },
  closed,
);

export const Links = Type.Object(
  { self: Type.String(), narrative: Type.String(), cancellation: Type.String(), changes: Type.String() },
  { ...closed, description: 'Paths.' },
);

/** An order as its caller sees it: what was accepted, and how far it is. */
export const OrderView = Type.Object(
  {
    orderNumber: Type.String(),
    state: Type.String({ description: 'Where it stands, e.g. `checking`, `held`, `fulfilling`, `completed`.' }),
    stateMeans: Type.String({ description: 'The state in a sentence.' }),
    phase: Type.Union([Type.Literal('forward'), Type.Literal('unwinding'), Type.Literal('ended')]),
    ending: optional(Type.String()),
    customer: Type.String(),
    customerName: optional(Type.String({ description: 'As the master data names them now.' })),
    customerPurchaseOrder: optional(Type.String()),
    channel: Channel,
    source: Type.String(),
    sourceReference: optional(Type.String()),
    currency: CurrencyCode,
    orderedAt: InstantText,
    requestedDate: optional(DateText),
    shippingPolicy: ShippingPolicy,
    shipTo: optional(Address),
    value: optional(Money),
    holds: Type.Array(Hold),
    waivers: Type.Array(Waiver),
    lines: Type.Array(Line),
    bookings: Type.Array(Booking),
    fulfilments: Type.Array(Fulfilment),
    shipments: Type.Array(Shipment),
    invoices: Type.Array(Invoice),
    changes: Type.Array(Change, { description: 'What was asked to be changed, oldest first.' }),
    cancellation: optional(Cancellation),
    openCases: Type.Array(Type.String(), { description: 'Causes that a person must look at.' }),
    acceptedAt: InstantText,
    updatedAt: InstantText,
    links: Links,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-view/1' },
);
export type OrderView = Static<typeof OrderView>;

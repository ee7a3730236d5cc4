import { Type } from 'typebox';
import { closed, DateText, DecimalText, Identifier, InstantText, UnitCode } from '#model/canonical';
import { type OrderFactData, orderFactTypes } from './facts.ts';

const name = Type.String({ minLength: 1, maxLength: 300 });

const FactLine = Type.Object(
  {
    item: Identifier('Our item number.', 40),
    description: Type.Optional(Type.String()),
    unit: UnitCode,
    quantity: DecimalText,
    shipped: DecimalText,
    waiting: DecimalText,
    cancelled: DecimalText,
  },
  closed,
);

const FactShipment = Type.Object(
  {
    shipmentNumber: name,
    fulfilmentNumber: name,
    site: name,
    shippedAt: InstantText,
    carrier: Type.Optional(Type.String()),
    trackingNumber: Type.Optional(Type.String()),
  },
  closed,
);

/** What the data of every fact of an order must be, for whoever edits one by hand. */
const OrderFactSchema = Type.Object(
  {
    orderNumber: name,
    customer: name,
    channel: name,
    source: name,
    sourceReference: Type.Optional(name),
    state: Type.String({ minLength: 1, description: 'In words for a salesperson.' }),
    trackingNumbers: Type.Array(Type.String()),
    customerPurchaseOrder: Type.Optional(Type.String()),
    requestedDate: Type.Optional(DateText),
    changes: Type.Integer({ minimum: 0, description: 'How many changes were accepted.' }),
    lines: Type.Optional(Type.Array(FactLine)),
    shipment: Type.Optional(FactShipment),
    final: Type.Boolean({ description: 'No more news will come.' }),
  } satisfies Record<keyof OrderFactData, unknown>,
  closed,
);

/** The schema of each fact of an order, by its type. */
export const orderFactSchemas = Object.fromEntries(
  Object.values(orderFactTypes).map((type) => [type, OrderFactSchema]),
);

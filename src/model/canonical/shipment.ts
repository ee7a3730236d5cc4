import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier, InstantText, UnitCode } from './schema.ts';

export const ShipmentLine = Type.Object(
  {
    lineNumber: Type.Integer({ minimum: 1 }),
    item: Identifier('Our item number.', 40),
    /** What left. */
    shipped: DecimalText,
    /** What will never leave under this fulfilment order (short pick); the rest, if any, follows in another shipment. */
    short: DecimalText,
    unit: UnitCode,
  },
  closed,
);
export type ShipmentLine = Static<typeof ShipmentLine>;

/** Goods that left together. UBL DespatchAdvice, X12 945. */
export const Shipment = Type.Object(
  {
    /** The warehouse's number for it. X12 W0604. */
    shipmentNumber: Identifier('Shipment.', 40),
    fulfilmentNumber: Identifier('Depositor order number.', 40),
    site: Identifier('Warehouse.', 20),
    shippedAt: InstantText,
    carrier: Type.Optional(Identifier('SCAC. X12 W2702.', 20)),
    trackingNumber: Type.Optional(Identifier('X12 MAN02.', 60)),
    lines: Type.Array(ShipmentLine, { minItems: 1, maxItems: 1_000 }),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/shipment/1' },
);
export type Shipment = Static<typeof Shipment>;

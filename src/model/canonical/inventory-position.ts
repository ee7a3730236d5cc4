import { type Static, Type } from 'typebox';
import { closed, DecimalText, Identifier, InstantText, UnitCode } from './schema.ts';

/**
 * Stock of one item at one place at one moment. Available to promise is on hand less unavailable, less reserved, less safety
 * stock. X12 846 (LIN, QTY), UBL StockAvailabilityReportLine (which has only the result).
 */
export const InventoryPosition = Type.Object(
  {
    item: Identifier('Our item number. X12 LIN with VN.', 40),
    site: Identifier('The warehouse, by our name for it.', 20),
    unit: UnitCode,
    /** Physically there. */
    onHand: DecimalText,
    /** Of it, what cannot be sold: damaged, held, in inspection. */
    unavailable: DecimalText,
    /** Of it, what is claimed. */
    reserved: DecimalText,
    /** What is kept back from promises. */
    safetyStock: DecimalText,
    asOf: InstantText,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/inventory-position/1' },
);
export type InventoryPosition = Static<typeof InventoryPosition>;

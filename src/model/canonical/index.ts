export { Address } from './address.ts';
export { FulfilmentLine, FulfilmentOrder } from './fulfilment-order.ts';
export {
  at,
  type LineQuantities,
  moveQuantity,
  openLine,
  type QuantityStage,
  quantityBreaches,
  quantityStages,
} from './line-quantities.ts';
export { Channel, LineKind, Order, OrderLine, ShippingPolicy } from './order.ts';
export { CurrencyCode, closed, DateText, DecimalText, Identifier, InstantText, UnitCode } from './schema.ts';
export { Shipment, ShipmentLine } from './shipment.ts';

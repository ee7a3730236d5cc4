export { Address } from './address.ts';
export { canonicalObjects } from './canonical-objects.ts';
export { CreditMemo, CreditMemoLine } from './credit-memo.ts';
export { Customer, PartyRole } from './customer.ts';
export {
  type Canonical,
  type CanonicalDefinition,
  type CanonicalFailure,
  defineCanonical,
  type OldMembers,
  type Upgrade,
} from './define-canonical.ts';
export { FulfilmentLine, FulfilmentOrder } from './fulfilment-order.ts';
export { InventoryPosition } from './inventory-position.ts';
export { Invoice, InvoiceLine } from './invoice.ts';
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
export { Price } from './price.ts';
export { Product, UnitConversion } from './product.ts';
export { Quote, QuoteLine } from './quote.ts';
export { Disposition, Return, ReturnLine } from './return.ts';
export { CurrencyCode, closed, DateText, DecimalText, Identifier, InstantText, PlainText, UnitCode } from './schema.ts';
export { Shipment, ShipmentLine } from './shipment.ts';

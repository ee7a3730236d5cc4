import { CreditMemo } from './credit-memo.ts';
import { Customer } from './customer.ts';
import { defineCanonical } from './define-canonical.ts';
import { FulfilmentOrder } from './fulfilment-order.ts';
import { InventoryPosition } from './inventory-position.ts';
import { Invoice } from './invoice.ts';
import { Order } from './order.ts';
import { Price } from './price.ts';
import { Product } from './product.ts';
import { Quote } from './quote.ts';
import { Return } from './return.ts';
import { Shipment } from './shipment.ts';

const firstVersion = { version: 1, upgrade: {} } as const;

/**
 * Every object of the language with its version. A change that a reader of the old form would stumble over is a new version: raise
 * `version`, give the schema the next `$id`, and say in `upgrade` how the old members become the new ones.
 */
export const canonicalObjects = {
  customer: defineCanonical({ name: 'customer', schema: Customer, ...firstVersion }),
  product: defineCanonical({ name: 'product', schema: Product, ...firstVersion }),
  price: defineCanonical({ name: 'price', schema: Price, ...firstVersion }),
  quote: defineCanonical({ name: 'quote', schema: Quote, ...firstVersion }),
  order: defineCanonical({ name: 'order', schema: Order, ...firstVersion }),
  fulfilmentOrder: defineCanonical({ name: 'fulfilment-order', schema: FulfilmentOrder, ...firstVersion }),
  shipment: defineCanonical({ name: 'shipment', schema: Shipment, ...firstVersion }),
  invoice: defineCanonical({ name: 'invoice', schema: Invoice, ...firstVersion }),
  creditMemo: defineCanonical({ name: 'credit-memo', schema: CreditMemo, ...firstVersion }),
  return: defineCanonical({ name: 'return', schema: Return, ...firstVersion }),
  inventoryPosition: defineCanonical({ name: 'inventory-position', schema: InventoryPosition, ...firstVersion }),
} as const;

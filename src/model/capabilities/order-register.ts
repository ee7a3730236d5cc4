import { type Static, Type } from 'typebox';
import { closed, Identifier } from '#model/canonical';
import { type Call, defineCapability } from '#model/kernel';
import type { Frozen } from './frozen.ts';

const orderNumber = Identifier('Order.', 30);

export const PurchaseOrderClaim = Type.Object(
  {
    customer: Identifier("The customer's number.", 40),
    customerPurchaseOrder: Type.String({ maxLength: 40 }),
    orderNumber,
  },
  closed,
);
export type PurchaseOrderClaim = Frozen<Static<typeof PurchaseOrderClaim>>;

export const PurchaseOrderHolder = Type.Object({ heldBy: Identifier('The order that has it.', 30) }, closed);
export const PurchaseOrderRelease = Type.Object({ orderNumber }, closed);

/** Which order holds a customer's purchase order number. Crossdock's own. */
export interface OrderRegisterVerbs {
  /** Claims the number for this order; answers who holds it: this order, or an elder one that is still open. */
  claimPurchaseOrder(request: PurchaseOrderClaim, call: Call): Promise<{ readonly heldBy: string }>;
  /** Gives the number back when the order is closed. */
  releasePurchaseOrder(request: { readonly orderNumber: string }, call: Call): Promise<void>;
}
export const OrderRegister = defineCapability<OrderRegisterVerbs>('order-register');

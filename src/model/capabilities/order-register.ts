import { type Call, defineCapability } from '#model/kernel';

/** Which order holds a customer's purchase order number. Crossdock's own. */
export interface OrderRegisterVerbs {
  /** Claims the number for this order; answers who holds it: this order, or an elder one that is still open. */
  claimPurchaseOrder(
    request: { readonly customer: string; readonly customerPurchaseOrder: string; readonly orderNumber: string },
    call: Call,
  ): Promise<{ readonly heldBy: string }>;
  /** Gives the number back when the order is closed. */
  releasePurchaseOrder(request: { readonly orderNumber: string }, call: Call): Promise<void>;
}
export const OrderRegister = defineCapability<OrderRegisterVerbs>('order-register');

import { OrderRegister, type OrderRegisterVerbs, Reservations, type ReservationsVerbs } from '#model/capabilities';
import type { Inventory } from '#platform/inventory';
import type { Masterdata } from '#platform/masterdata';
import type { OwnCapabilities } from './providers.ts';

/** Stock is claimed by orders: the machinery calls them demands. */
const reservations = (inventory: Inventory): ReservationsVerbs => ({
  reserve: ({ orderNumber, policy, lines }, call) =>
    inventory.reserve({ demand: orderNumber, wholeOrNothing: policy === 'ship-complete', lines }, call),
  release: async ({ orderNumber, site }, call) => {
    await inventory.release({ demand: orderNumber, ...(site === undefined ? {} : { site }) }, call);
  },
  ship: async ({ orderNumber, site, lines }, call) => {
    await inventory.ship({ demand: orderNumber, site, lines }, call);
  },
});

/** A customer's purchase order number is a name that one open order holds. */
const orderRegister = ({ claims }: Masterdata): OrderRegisterVerbs => ({
  claimPurchaseOrder: ({ customer, customerPurchaseOrder, orderNumber }) =>
    claims.claim({ scope: `purchase-order:${customer}`, name: customerPurchaseOrder, holder: orderNumber }),
  releasePurchaseOrder: ({ orderNumber }) => claims.release({ holder: orderNumber }),
});

/** Crossdock's own abilities, in the business's words. */
export const ownCapabilities = (inventory: Inventory, masterdata: Masterdata): OwnCapabilities => ({
  [Reservations.name]: reservations(inventory),
  [OrderRegister.name]: orderRegister(masterdata),
});

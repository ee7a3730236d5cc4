import { defineApi } from '#platform/gateway';
import { cancelOrder } from './cancel-order.ts';
import { changeOrder } from './change-order.ts';
import { compareOrder } from './comparison/compare-order.ts';
import { listDeeds } from './deeds/list-deeds.ts';
import { listExchanges, showExchange } from './exchanges/list-exchanges.ts';
import { listOrders } from './list/list-orders.ts';
import { showStages } from './list/show-stages.ts';
import { showTrucks } from './list/show-trucks.ts';
import { narrateOrder } from './narrate-order.ts';
import type { OrdersNeeds } from './needs.ts';
import { drawOrder } from './pictures/draw-order.ts';
import { releaseAgain } from './release-again.ts';
import { releaseHold } from './release-hold.ts';
import { showOrder } from './show-order.ts';
import { submitOrder } from './submit-order.ts';
import { traceOrder } from './trace/trace-order.ts';

/** The orders product, version 1: contract and policy. Scopes: `orders:read`, `orders:write`, `orders:release-holds`, `orders:read-all`. */
export const ordersV1 = defineApi<OrdersNeeds>({
  product: 'orders',
  version: 'v1',
  title: 'Orders',
  description: 'Submit orders, follow them from quote to invoice, cancel them, and decide on their holds.',
  owner: 'order management',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 1_000, seconds: 10 },
  problems: {
    'order-ended': { kind: 'conflict', title: 'The order has ended' },
    'cancellation-refused': { kind: 'conflict', title: 'The order cannot be cancelled now' },
    'change-refused': { kind: 'conflict', title: 'The order cannot be changed so' },
    'fulfilment-not-refused': { kind: 'conflict', title: 'The warehouse has not refused it' },
    'hold-not-placed': { kind: 'absent', title: 'The order has no such hold' },
  },
  routes: [
    submitOrder,
    listOrders,
    showStages,
    showTrucks,
    showOrder,
    narrateOrder,
    compareOrder,
    drawOrder,
    listExchanges,
    showExchange,
    traceOrder,
    listDeeds,
    changeOrder,
    cancelOrder,
    releaseHold,
    releaseAgain,
  ],
});

import { readRoute } from '#platform/gateway';
import { narrative, openKeys } from './narrative/narrative.ts';
import { orderJournals } from './narrative/run-journal.ts';
import { Narrative } from './narrative/story.ts';
import type { OrdersNeeds } from './needs.ts';
import { OrderPath } from './order-path.ts';
import { findOrder, noSuchOrder } from './order-run.ts';

export const narrateOrder = readRoute<OrdersNeeds>()({
  name: 'narrateOrder',
  path: '/orders/{orderNumber}/narrative',
  summary: 'Tell the whole story of an order',
  description:
    'Every state, message, effect, hold and person in order, where each effect stands, and what CRM, ERP and each ' +
    'warehouse last said.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: Narrative },
  problems: [],
  handle: async ({ params, consumer, may }, { engine, effectStandings }) => {
    const run = await findOrder(engine, params.orderNumber, { consumer, may });
    if (run === undefined) return noSuchOrder(params.orderNumber);
    const journals = await orderJournals(engine, params.orderNumber);
    const standings = await effectStandings(openKeys(journals));
    return { outcome: 'ok', body: narrative(run, journals, standings) };
  },
});

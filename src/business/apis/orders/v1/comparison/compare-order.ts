import { readRoute } from '#platform/gateway';
import { Comparison } from '../comparison-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import { OrderPath } from '../order-path.ts';
import { findOrder, noSuchOrder } from '../order-run.ts';
import { readOrderRecord } from '../record/order-record.ts';
import { compareSystems } from './compare-systems.ts';

export const compareOrder = readRoute<OrdersNeeds>()({
  name: 'compareOrder',
  path: '/orders/{orderNumber}/comparison',
  summary: 'Who says what: CRM, ERP and warehouses side by side',
  description:
    'Property by property and line by line, by what each system last answered or told. Contradictions are marked, and where it can be ' +
    'known the message is named that is missing, from whom to whom, since when, and what to do. What is under way in time is none.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: Comparison },
  problems: [],
  handle: async (request, needs) => {
    const { params, now } = request;
    const run = await findOrder(needs.engine, params.orderNumber, request);
    if (run === undefined) return noSuchOrder(params.orderNumber);
    return { outcome: 'ok', body: compareSystems(await readOrderRecord(needs, run, now)) };
  },
});

import { isSeenBy } from '#business/apis';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import { readRoute } from '#platform/gateway';
import { OrderDeeds } from '../exchange-schema.ts';
import type { OrderRun, OrdersNeeds } from '../needs.ts';
import { OrderPath } from '../order-path.ts';
import { documentOf, findOrder, noSuchOrder } from '../order-run.ts';
import { releaseAgainWhat } from '../release/act-of-two.ts';
import { orderDeeds } from './order-deeds.ts';

/** Of one run; an order has few. */
const mostCases = 100;

const flowsOfOrder: ReadonlySet<string> = new Set(
  [orderToCash, fulfilment, orderNews, customerNotices].map(({ name }) => name),
);

type Sites = readonly string[] | undefined;

/** Of the warehouses of which the caller sees anything. */
const fulfilmentNumbers = (order: OrderRun, sites: Sites): readonly string[] =>
  documentOf(order)
    .fulfilments.filter(({ site }) => isSeenBy(sites, [site]))
    .map(({ fulfilmentNumber }) => fulfilmentNumber);

async function fulfilmentsOf(
  order: OrderRun,
  sites: Sites,
  { engine }: OrdersNeeds,
): Promise<ReadonlyMap<string, OrderRun>> {
  const found = await Promise.all(
    fulfilmentNumbers(order, sites).map(
      async (number) => [number, await engine.view(fulfilment.name, number)] as const,
    ),
  );
  return new Map(found.flatMap(([number, run]) => (run === undefined ? [] : [[number, run] as const])));
}

/** None for who may not read cases: their ids and what stands in them are told by the cases API alone. */
async function casesOf(order: OrderRun, sites: Sites, { cases }: OrdersNeeds, readsCases: boolean) {
  if (!readsCases) return [];
  const key = [order.key, ...fulfilmentNumbers(order, sites)];
  const found = await cases.list({ order: 'age', key, limit: mostCases });
  return found.cases.filter(({ record }) => flowsOfOrder.has(record.flow));
}

export const listDeeds = readRoute<OrdersNeeds>()({
  name: 'listDeeds',
  path: '/orders/{orderNumber}/deeds',
  summary: 'What may be done with an order now, and why not',
  description:
    'By the same rules as the operations themselves and by what the caller is allowed; with what will happen. The operation has the last ' +
    'word: between this look and the deed something may have happened.',
  access: { scope: 'orders:read' },
  params: OrderPath,
  answers: { ok: OrderDeeds },
  problems: [],
  handle: async (request, needs) => {
    const { params, may, sites, by } = request;
    const order = await findOrder(needs.engine, params.orderNumber, request);
    if (order === undefined) return noSuchOrder(params.orderNumber);
    const [fulfilments, cases] = await Promise.all([
      fulfilmentsOf(order, sites, needs),
      casesOf(order, sites, needs, may('cases:read')),
    ]);
    const takesTwo = needs.approvals.isNeeded(releaseAgainWhat, by);
    return { outcome: 'ok', body: orderDeeds({ order, fulfilments, cases, takesTwo }, may) };
  },
});

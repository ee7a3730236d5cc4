import { fulfilment, orderToCash } from '#business/flows';
import type { TableState } from '#platform/engine';
import { readRoute } from '#platform/gateway';
import type { StateCount } from '#platform/progress';
import { OrderStages } from '../list-schema.ts';
import type { OrdersNeeds } from '../needs.ts';
import { worthOf } from './order-summary.ts';
import { visibleTo } from './visible.ts';

type Stage = OrderStages['stages'][number];

const day = 86_400_000;
const before = (now: string, milliseconds: number): string => new Date(Date.parse(now) - milliseconds).toISOString();

/** The states in which an order stays, in the order of the table, which is that in which an order passes them. */
const stays: readonly (readonly [string, TableState])[] = Object.entries(orderToCash.table.states).filter(
  ([, { choose }]) => choose === undefined,
);
const names = stays.map(([name]) => name);

function kindOf(name: string, { ends, run, start }: TableState): Stage['kind'] {
  if (ends !== undefined) return 'ended';
  if (name === 'held') return 'held';
  // Its warehouses work on what it has started.
  return run === undefined && start === undefined ? 'waiting' : 'working';
}

function stageOf(name: string, state: TableState, counted: StateCount | undefined, usual: number | undefined): Stage {
  return {
    state: name,
    means: state.means,
    kind: kindOf(name, state),
    count: counted?.count ?? 0,
    worth: (counted?.worth ?? []).map(worthOf),
    ...(counted?.oldestEnteredAt === undefined ? {} : { oldestEnteredAt: counted.oldestEnteredAt }),
    ...(counted?.medianAgeSeconds === undefined ? {} : { medianAgeSeconds: counted.medianAgeSeconds }),
    withCases: counted?.withCases ?? 0,
    ...(usual === undefined ? {} : { usualSeconds: Math.round(usual) }),
  };
}

/** Goods have left when their fulfilment comes to it. */
const sent = { flow: fulfilment.name, state: 'issuing' } as const;

export const showStages = readRoute<OrdersNeeds>()({
  name: 'showStages',
  path: '/stages',
  summary: 'How many orders stand where, for how long and for how much, and which way they went',
  access: { scope: 'orders:read' },
  answers: { ok: OrderStages },
  problems: [],
  handle: async (request, { lists: { counts, days } }) => {
    const { now } = request;
    const visible = visibleTo(request);
    const flow = orderToCash.name;
    const today = days.startOf(days.dateOf(now));
    const [open, ended, usual, moves, accepted, shipped] = await Promise.all([
      counts.open(flow, visible, now),
      counts.ended(flow, visible, today),
      counts.usualStays(flow, names, before(now, 7 * day)),
      counts.moves(flow, names, visible, before(now, day)),
      counts.begun(flow, visible, today),
      counts.reached(sent, flow, visible, today),
    ]);
    const counted = new Map([...open, ...ended].map((each) => [each.state, each]));
    const endedAs = (ending: string): number =>
      stays.reduce((sum, [name, { ends }]) => sum + (ends === ending ? (counted.get(name)?.count ?? 0) : 0), 0);
    return {
      outcome: 'ok',
      body: {
        asOf: now,
        stages: stays.map(([name, state]) => stageOf(name, state, counted.get(name), usual.get(name))),
        moves: [...moves],
        today: {
          accepted,
          shipped,
          completed: endedAs('completed'),
          cancelled: endedAs('cancelled') + endedAs('compensated'),
        },
      },
    };
  },
});

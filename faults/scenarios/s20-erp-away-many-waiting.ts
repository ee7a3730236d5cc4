import { setTimeout as wait } from 'node:timers/promises';
import type { LaneView } from '#business/apis/lanes/v1';
import { lookAtLane } from '../kit/lanes.ts';
import type { FaultyNode } from '../kit/node.ts';
import { hireOperator } from '../kit/operator.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { mustBeByUrgency } from '../kit/urgency.ts';
import { clocks, clocksInStock, hearts } from '../kit/world.ts';

/** Two effects for each order, its customer and its prices: 20 000 of the catalogue's 100 000, which would take an hour. */
const longOrders = 10_000;
const shortOrders = 600;
/** Those of them that go all the way, evenly spread; the others want more than there is, and end when the ERP has answered. */
const shortSales = 40;
const longSales = 400;
const concurrency = 4;
const lane = 'erp-main';
/** Alerts are looked at every ten seconds. */
const outageMs = 14_000;

/** In waves, as one client can. Answers the numbers of those that are sold, oldest first. */
async function submitAll(stage: Stage, orders: number, sales: number) {
  const numbers: string[] = [];
  const sold: string[] = [];
  const every = Math.floor(orders / sales);
  for (let place = 0; place < orders; place += 1) {
    if (place % every !== 0) continue;
    const [sale, ...others] = await Promise.all([
      stage.submit([hearts(1)]),
      ...Array.from({ length: every - 1 }, () =>
        stage.submit([clocks(clocksInStock + 1)], { shippingPolicy: 'fill-or-kill' }),
      ),
    ]);
    sold.push(sale);
    numbers.push(sale, ...others);
  }
  return { numbers, sold };
}

/** Watches the lane while it drains. */
async function watchDrain(look: (place: number) => Promise<LaneView>, isOver: () => boolean) {
  const seen = { mostInFlight: 0, mostSlots: 0, forecasts: 0, backlogs: [] as number[] };
  for (let place = 0; !isOver(); place += 1) {
    const { holders, forecast, backlog } = await look(place);
    const sum = (of: (holder: LaneView['holders'][number]) => number) =>
      holders.reduce((all, each) => all + of(each), 0);
    seen.mostInFlight = Math.max(
      seen.mostInFlight,
      sum(({ inFlight }) => inFlight),
    );
    seen.mostSlots = Math.max(
      seen.mostSlots,
      sum(({ slots }) => slots),
    );
    if (forecast.known && backlog.total > 0) seen.forecasts += 1;
    seen.backlogs.push(backlog.total);
    await wait(250);
  }
  return seen;
}

/** How far a row stands from the order in which it was asked: 0 for none, 1 for one that is turned round, 0.67 for chance. */
function disorder(asked: readonly string[], done: readonly string[]): number {
  const places = new Map(done.map((number, place) => [number, place]));
  const known = asked.filter((number) => places.has(number));
  const moved = known.reduce((sum, number, place) => sum + Math.abs((places.get(number) ?? 0) - place), 0);
  return known.length === 0 ? 0 : moved / (known.length ** 2 / 2);
}

/** Orders in the order in which the node has begun this with them for the last time. */
function begunBy(node: FaultyNode, effect: string, asked: readonly string[]): readonly string[] {
  const sent = node.trace().filter((each) => each.point === 'before-send' && each.effect === effect);
  const numbers = sent.flatMap(({ key = '' }) => key.split(':')[1] ?? []).filter((number) => asked.includes(number));
  return [...new Set(numbers.reverse())].reverse();
}

/** Each node sends the oldest it has first: by what it began, and by what stands in the ERP's books. */
async function mustBeByAge(stage: Stage, numbers: readonly string[], sold: readonly string[]): Promise<void> {
  const ledger = await stage.ledger('erp');
  const booked = ledger.flatMap(({ kind, reference }) => (kind === 'sale-confirmed' ? [String(reference)] : []));
  const isSold = new Set(sold);
  const sales = booked.filter((number) => isSold.has(number));
  for (const node of stage.nodes) {
    const checks = disorder(numbers, begunBy(node, 'check-customer', numbers));
    const own = new Set(begunBy(node, 'book-in-erp', sold));
    const books = disorder(
      sold,
      sales.filter((number) => own.has(number)),
    );
    stage.figure(
      `disorder of ${node.name}`,
      `${checks.toFixed(3)} of checks, ${books.toFixed(3)} of ${own.size} sales`,
    );
    stage.must(`${node.name} asks about the oldest first: ${checks.toFixed(3)}`, checks < 0.05);
    stage.must(`${node.name} sells the oldest first: ${books.toFixed(3)}`, books < 0.33);
  }
  // Each node has its own row, so a quicker one is ahead with its younger ones.
  stage.figure('disorder of sales over all nodes', disorder(sold, sales).toFixed(3));
}

/** Sendings of an effect after its first that were made while the ERP was away. */
function attemptsSpent(stage: Stage): number {
  const most = new Map<string, number>();
  for (const { point, key = '', attempt = 1 } of stage.nodes.flatMap((node) => node.trace())) {
    if (point === 'before-send') most.set(key, Math.max(most.get(key) ?? 0, attempt));
  }
  return [...most.values()].filter((attempt) => attempt > 1).length;
}

export const s20: Scenario = {
  id: 'S20',
  title:
    'the ERP is away while 20 000 effects (short: 1 200) come to wait for it; a warehouse is, with urgent ones among them',
  holds:
    'one outage told, no attempt spent, backlog and forecast shown; each node the most urgent and the oldest first, at the budget',
  setting: {
    erp: { concurrency },
    engine: { breakerCoolMs: 500 },
    alertRules: [{ name: 'erp-away', when: { kind: 'lane-open', longerThanMinutes: 0 }, severity: 'urgent' }],
  },
  boundMs: 900_000,
  drive: async (stage) => {
    const operator = await hireOperator(stage, 'operator');
    const look = (place = 0) => lookAtLane(stage, operator, lane, place);
    await stage.atRest(await stage.submitMany(2, () => [hearts(1)]));
    await mustBeByUrgency(stage, { releases: stage.isShort ? 30 : 200, cancellations: 8 });
    await stage.dial('erp', { outage: true });
    const from = performance.now();
    const [orders, sales] = stage.isShort ? [shortOrders, shortSales] : [longOrders, longSales];
    const { numbers, sold } = await submitAll(stage, orders, sales);
    await wait(Math.max(0, outageMs - (performance.now() - from)));
    const alerts = await stage.eventually('the alert', () => (stage.alerts().length > 0 ? stage.alerts() : undefined));
    const away = await stage.eventually('the whole backlog', async () => {
      const seen = await look();
      return seen.backlog.total >= 2 * orders - concurrency ? seen : undefined;
    });
    stage.figure('waiting for the ERP', away.backlog.total);
    stage.must(`the lane is told to be shut: ${away.state}`, ['breaker-open', 'probing'].includes(away.state));
    stage.must('nobody forecasts an end of the outage', !away.forecast.known && away.oldest !== undefined);
    stage.must(`one alert is told, not ${alerts.length}`, alerts.length === 1);

    await stage.systems.erp.dial({ outage: false, latencyMs: 5 });
    const back = performance.now();
    let isOver = false;
    const watching = watchDrain(look, () => isOver);
    await stage.atRest(numbers, 900_000).finally(() => {
      isOver = true;
    });
    const seen = await watching;
    stage.figure('drained in', `${Math.round((performance.now() - back) / 1_000)} s`);
    stage.figure('calls in flight at most', `${seen.mostInFlight} of ${concurrency}`);
    stage.must(
      `the budget holds over all nodes: ${seen.mostInFlight} in flight, ${seen.mostSlots} slots of ${concurrency}`,
      seen.mostInFlight <= concurrency && seen.mostSlots <= concurrency,
    );
    stage.must(
      `an end is forecast while it drains: ${seen.forecasts} of ${seen.backlogs.length} looks`,
      seen.forecasts > 0,
    );
    const { history } = await look();
    const opened = history.filter(({ what }) => what === 'opened').length;
    stage.must(`one outage stands in the history, not ${opened}`, opened === 1);
    const spent = attemptsSpent(stage);
    stage.figure('effects with more than one attempt', spent);
    // Each node's breaker takes five failures to open, and what was under way then has failed too.
    stage.must(
      `waiting spends no attempts: ${spent} have more than one`,
      spent <= (5 + concurrency) * stage.nodes.length,
    );
    await mustBeByAge(stage, numbers, sold);
    stage.must(`nothing more is told: ${stage.alerts().length}`, stage.alerts().length === 1);
  },
};

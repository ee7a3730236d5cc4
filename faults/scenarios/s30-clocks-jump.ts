import { setTimeout as wait } from 'node:timers/promises';
import { shimNotHere } from '../kit/fault-shim.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';
import { reportAll } from './s11-reported-five-times.ts';

const hour = 3_600_000;
const minute = 60_000;
/** The acknowledgement of a release is due then, by elapsed time. */
const acknowledgeWithinMs = hour;
/** A node reads the database's clock every five seconds; afterwards a ring would have come. */
const settlesMs = 7_000;
const ringsWithinMs = 20_000;

/** Clocks in London go from Saturday's shift over to Sunday's while they are put forward or back. */
const calendar = {
  timeZone: 'Europe/London',
  hours: { saturday: ['22:00-24:00'], sunday: ['00:00-02:00', '06:00-12:00'] },
};

/** One change of the clocks: an order that is released on its eve at `from` is due at `due`, eight working hours later. */
interface Change {
  readonly name: string;
  readonly from: number;
  readonly due: number;
}

const lastSunday = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return last.getTime() - last.getUTCDay() * 24 * hour;
};

/** Worked by hand: 22:30 to 24:00, 00:00 to 02:00 with an hour less or more, and the rest from 06:00. */
function changesOf(year: number): readonly Change[] {
  const march = lastSunday(year, 2);
  const october = lastSunday(year, 9);
  return [
    { name: 'put forward', from: march - 1.5 * hour, due: march + 10.5 * hour },
    { name: 'put back', from: october - 2.5 * hour, due: october + 9.5 * hour },
  ];
}

/** The next ones, in their order. */
function nextChanges(): readonly Change[] {
  const now = Date.now();
  const year = new Date(now).getUTCFullYear();
  // Two days ahead, so that the day before is ahead as well.
  return [...changesOf(year), ...changesOf(year + 1)].filter(({ from }) => from > now + 48 * hour).slice(0, 2);
}

interface Clocks {
  /** Every clock shows this, ms since 1970, plus what it is off. */
  set(at: number, off?: { readonly nodes?: number; readonly database?: number }): Promise<void>;
}

const clocksOf = (stage: Stage): Clocks => ({
  set: async (at, { nodes = 0, database = 0 } = {}) => {
    const ahead = at - Date.now();
    await Promise.all([
      ...stage.nodes.map((_, place) => stage.nodeShim(place).setClock(ahead + nodes)),
      stage.serverShim().setClock(ahead + database),
    ]);
  },
});

/** How often the case of a deadline has been opened. */
async function rung(stage: Stage, { orderNumber }: Kept, cause: string): Promise<number> {
  const { story } = await stage.insist((api) => api.narrative(orderNumber));
  return story.filter(({ details }) => {
    const { kind, opening } = details as { kind?: string; opening?: { cause: string } };
    return kind === 'case-opened' && opening?.cause === cause;
  }).length;
}

interface Kept {
  readonly orderNumber: string;
  readonly purchaseOrder: string;
}

/** An order whose release the warehouse has and says nothing of; acknowledged or not. */
async function kept(stage: Stage, isAcknowledged: boolean): Promise<Kept> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  const silence = isAcknowledged ? [] : [{ purchaseOrder, behaviour: 'late-acknowledgement', ms: 24 * hour }];
  await stage.script('north', [...silence, { purchaseOrder, behaviour: 'accept-cancellation' }]);
  const orderNumber = await stage.submit([hearts(10)], { purchaseOrder });
  const state = isAcknowledged ? 'released' : 'unacknowledged';
  await stage.eventually(`${orderNumber} to be ${state}`, async () => {
    const { story } = await stage.insist((api) => api.narrative(orderNumber));
    return story.some(({ summary }) => summary.includes(` is ${state}:`)) ? true : undefined;
  });
  return { orderNumber, purchaseOrder };
}

async function mustNotRing(stage: Stage, orders: readonly Kept[], cause: string, when: string): Promise<void> {
  await wait(settlesMs);
  const early = await Promise.all(orders.map((order) => rung(stage, order, cause)));
  stage.must(
    `no deadline rings ${when}`,
    early.every((times) => times === 0),
  );
}

async function mustRing(stage: Stage, orders: readonly Kept[], cause: string, when: string): Promise<void> {
  const from = performance.now();
  for (const order of orders) {
    await stage.eventually(
      `${order.orderNumber} to ring ${when}`,
      async () => ((await rung(stage, order, cause)) > 0 ? true : undefined),
      ringsWithinMs,
    );
  }
  stage.figure(`rung ${when}, after s`, Math.round((performance.now() - from) / 100) / 10);
  const times = await Promise.all(orders.map((order) => rung(stage, order, cause)));
  stage.must(
    `each rings once ${when}`,
    times.every((each) => each === 1),
  );
}

/** The goods leave after all. */
async function end(stage: Stage, orders: readonly Kept[]): Promise<void> {
  const whole = { owed: '10', shipped: '10', status: 'CC' } as const;
  await reportAll(
    stage,
    orders.map((order) => ({ ...order, ...whole, shipmentNumber: `H-${order.orderNumber}` })),
  );
  await stage.atRest(orders.map(({ orderNumber }) => orderNumber));
}

/** Two hours forth and back, on one side or the other: whichever clock is wrong, a deadline is late and not early. */
async function jumps(stage: Stage, clocks: Clocks, start: number): Promise<void> {
  const cause = 'acknowledgement-overdue';
  const forth = stage.faults.plan('the clocks of the nodes jump two hours forth');
  await clocks.set(start);
  const first = await kept(stage, false);
  await clocks.set(start, { nodes: 2 * hour });
  forth();
  await mustNotRing(stage, [first], cause, 'while the nodes are two hours ahead');

  const behind = stage.faults.plan('the clock of the database is two hours behind');
  await clocks.set(start, { database: -2 * hour });
  behind();
  await wait(settlesMs);
  const second = await kept(stage, false);
  await clocks.set(start + 70 * minute, { database: -2 * hour });
  await mustNotRing(stage, [first, second], cause, 'while the database is two hours behind');
  await clocks.set(start + 70 * minute);
  await mustRing(stage, [first, second], cause, 'when the database has caught up');

  const back = stage.faults.plan('the clocks of the nodes jump two hours back');
  await clocks.set(start + 2 * hour, { nodes: -2 * hour });
  back();
  await wait(settlesMs);
  const third = await kept(stage, false);
  await clocks.set(start + 2 * hour);
  await mustNotRing(stage, [third], cause, 'that was set while the nodes were two hours behind');
  await clocks.set(start + 3 * hour + 10 * minute, { nodes: -2 * hour });
  await mustNotRing(stage, [third], cause, 'while the nodes are two hours behind');
  await clocks.set(start + 3 * hour + 10 * minute);
  await mustRing(stage, [third], cause, 'when the nodes have caught up');
  await end(stage, [first, second, third]);
}

/** Eight working hours over the night in which the clocks change. */
async function overTheNight(stage: Stage, clocks: Clocks, { name, from, due }: Change): Promise<void> {
  const cause = 'warehouse-silent';
  const fired = stage.faults.plan(`the clocks are ${name} over a deadline in business hours`);
  await clocks.set(from);
  await wait(settlesMs);
  // The clocks ran on while nodes read the database's: back to the moment.
  await clocks.set(from);
  const order = await kept(stage, true);
  await clocks.set(due - 10 * minute);
  fired();
  await mustNotRing(stage, [order], cause, `ten minutes too early when the clocks are ${name}`);
  await clocks.set(due + 5 * minute);
  await mustRing(stage, [order], cause, `when the clocks are ${name}`);
  await end(stage, [order]);
}

export const s30: Scenario = {
  id: 'S30',
  title: 'clocks of nodes or database jump two hours; daylight saving over a deadline; the database clock behind',
  holds: 'no early and no lost timer',
  mustRetry: false,
  setting: {
    nodeClocks: true,
    server: { isShimmed: true },
    warehouses: { acknowledgeWithinMs },
    configuration: { calendars: { shifts: calendar }, deadlines: { calendar: 'shifts' } },
  },
  notHere: shimNotHere,
  boundMs: 90_000,
  drive: async (stage) => {
    const clocks = clocksOf(stage);
    const changes = nextChanges();
    const [first] = changes;
    if (first === undefined) throw new Error('there is no change of the clocks ahead');
    await jumps(stage, clocks, first.from - 12 * hour);
    for (const change of stage.isShort ? changes.slice(0, 1) : changes) await overTheNight(stage, clocks, change);
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { diskNotHere } from '../kit/small-disk.ts';
import { hearts } from '../kit/world.ts';

const fullMs = 5_000;
/** How soon orders are taken when there is room again. */
const resumesWithinMs = 20_000;

interface Answers {
  readonly statuses: Readonly<Record<string, number>>;
  readonly numbers: readonly string[];
}

/** One try after the other at each node, until it is over. */
async function tryWhile(stage: Stage, isOver: () => boolean): Promise<Answers> {
  const statuses: Record<string, number> = {};
  const numbers: string[] = [];
  await Promise.all(
    stage.nodes.map(async (at) => {
      while (!isOver()) {
        // A connection that is cut is an answer as good as none: it counts as wrong.
        const answer = await stage.client.trySubmit([hearts(1)], { at }).catch(() => undefined);
        const status = String(answer?.status ?? 'cut');
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === '202') numbers.push(String(answer?.json.orderNumber));
        await wait(50);
      }
    }),
  );
  return { statuses, numbers };
}

/** The disk stays full, and a supervisor starts the server again as often as it ends of it. */
async function fullFor(stage: Stage, milliseconds: number): Promise<number> {
  const disk = stage.disk();
  let restarts = 0;
  for (const until = performance.now() + milliseconds; performance.now() < until; ) {
    await disk.fill();
    // It does not start on a full disk; it is tried again.
    if (await stage.superviseDatabase().catch(() => true)) restarts += 1;
    await wait(200);
  }
  return restarts;
}

async function untilTaken(stage: Stage): Promise<number> {
  const from = performance.now();
  await stage.eventually(
    'an order to be taken again',
    async () => {
      await stage.superviseDatabase().catch(() => true);
      for (const at of stage.nodes) {
        const answer = await stage.client.trySubmit([hearts(1)], { at }).catch(() => undefined);
        if (answer?.status !== 202) return undefined;
      }
      return true;
    },
    resumesWithinMs,
  );
  return performance.now() - from;
}

export const s28: Scenario = {
  id: 'S28',
  title: 'the disk of PostgreSQL is full, in the data or in the middle of its log',
  holds: '503, nothing acknowledged is lost, resumes by itself',
  setting: { server: { diskMb: 320, settings: { min_wal_size: '32MB', max_wal_size: '64MB' } } },
  notHere: diskNotHere,
  drive: async (stage) => {
    const disk = stage.disk();
    const numbers: string[] = [];
    let slowestMs = 0;
    let restarts = 0;
    for (let round = 0; round < (stage.isShort ? 2 : 6); round += 1) {
      const isLogFirst = round % 2 === 1;
      const fired = stage.faults.plan(isLogFirst ? 'the log finds no room' : 'the data find no room');
      numbers.push(...(await stage.submitMany(4, () => [hearts(1)])));
      const underWay = stage.submitMany(4, () => [hearts(1)]);
      await wait(Math.floor(stage.random() * 200));
      await disk.fill();
      // What there is of the log is passed over, so that the next commit needs a new piece.
      if (isLogFirst) await stage.askDatabase('select pg_switch_wal()').catch(() => undefined);
      let isOver = false;
      const trying = tryWhile(stage, () => isOver);
      restarts += await fullFor(stage, fullMs);
      isOver = true;
      const { statuses, numbers: taken } = await trying;
      if ((statuses['503'] ?? 0) > 0) fired();
      const other = Object.keys(statuses).filter((status) => status !== '503' && status !== '202');
      stage.must(
        `with a full disk it is answered 503, or 202 while something can still be written: ${JSON.stringify(statuses)}`,
        other.length === 0,
      );
      const known = await Promise.all(numbers.map((number) => readAnywhere(stage, number)));
      stage.figure(`orders that could be read on the full disk, round ${round + 1}`, known.filter(Boolean).length);
      await disk.free();
      slowestMs = Math.max(slowestMs, await untilTaken(stage));
      numbers.push(...taken, ...(await underWay));
      await stage.atRest(numbers);
    }
    // What was acknowledged does not only stand in memory.
    const acknowledged = stage.client.acknowledged().map(({ orderNumber }) => orderNumber);
    await stage.atRest(acknowledged);
    await stage.cutPower();
    const views = await Promise.all(acknowledged.map((orderNumber) => lookAt(stage.client, orderNumber)));
    const lost = views.filter((view) => view?.state !== 'completed').length;
    stage.must(`after a power cut every order is there and completed; ${lost} are not`, lost === 0);
    stage.figure('taken again after s', Math.round(slowestMs / 100) / 10);
    stage.figure('times the server ended of it', restarts);
    stage.retried(stage.client.retries());
  },
};

/** Whether any node can show it now. */
async function readAnywhere(stage: Stage, orderNumber: string): Promise<boolean> {
  for (const { api } of stage.nodes) {
    const answer = await api.ask(`/api/orders/v1/orders/${orderNumber}`).catch(() => undefined);
    if (answer?.status === 200) return true;
  }
  return false;
}

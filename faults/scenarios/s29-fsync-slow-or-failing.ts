import { setTimeout as wait } from 'node:timers/promises';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { diskNotHere } from '../kit/small-disk.ts';
import { hearts } from '../kit/world.ts';

const slowMs = 2_000;
/** The shim waits that long, but when the wait began is not seen from outside. */
const leastMs = slowMs - 100;

const isThere = async (stage: Stage, orderNumber: string): Promise<boolean> =>
  (await lookAt(stage.client, orderNumber)) !== undefined;

async function must(stage: Stage, what: string): Promise<void> {
  const acknowledged = stage.client.acknowledged();
  const there = await Promise.all(acknowledged.map(({ orderNumber }) => isThere(stage, orderNumber)));
  const lost = there.filter((each) => !each).length;
  stage.must(`what was acknowledged is there ${what}; of ${acknowledged.length}, ${lost} are not`, lost === 0);
}

/** An order is written before it is acknowledged: no answer is faster than the disk. */
async function slow(stage: Stage): Promise<void> {
  const shim = stage.serverShim();
  const fired = stage.faults.plan('fsync takes 2 s');
  await shim.delayFsyncs(slowMs);
  const before = stage.client.acknowledged().length;
  let fastest = Number.POSITIVE_INFINITY;
  const sending = Array.from({ length: 5 }, async () => {
    const from = performance.now();
    const number = await stage.submit([hearts(1)]);
    fastest = Math.min(fastest, performance.now() - from);
    return number;
  });
  await stage.eventually(
    'an acknowledgement on the slow disk',
    () => (stage.client.acknowledged().length > before ? true : undefined),
    60_000,
  );
  if ((await shim.seen()).delayed > 0) fired();
  stage.must(`no order is acknowledged faster than the disk is: ${Math.round(fastest)} ms`, fastest >= leastMs);
  stage.figure('fastest acknowledgement on the slow disk ms', Math.round(fastest));
  await stage.cutPower();
  await must(stage, 'after the power was cut in the middle of slow writing');
  await stage.atRest(await Promise.all(sending));
}

/** PostgreSQL does not trust a log that could not be flushed: it ends its sessions and recovers. */
async function failing(stage: Stage, turns: number): Promise<void> {
  const shim = stage.serverShim();
  const fired = stage.faults.plan('fsync fails');
  const numbers: string[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const before = (await shim.seen()).failed;
    const submitting = stage.submitMany(4, () => [hearts(1)]);
    await wait(Math.floor(stage.random() * 300));
    await shim.failFsyncs(1);
    await stage.eventually('fsync to fail', async () => ((await shim.seen()).failed > before ? true : undefined));
    fired();
    await stage.eventually('the server to be back', async () => {
      await stage.superviseDatabase().catch(() => true);
      return stage.askDatabase('select 1').then(
        () => true,
        () => undefined,
      );
    });
    numbers.push(...(await submitting));
  }
  await stage.cutPower();
  await must(stage, 'after fsync failed and the power was cut');
  await stage.atRest(numbers);
}

export const s29: Scenario = {
  id: 'S29',
  title: 'fsync takes 2 s, or fails; then the power is cut',
  holds: 'nothing acknowledged that is not durable',
  // As a node has it by default: a beat takes seconds as well.
  setting: { engine: { leaseMs: 15_000 }, server: { diskMb: 400, isShimmed: true } },
  notHere: diskNotHere,
  boundMs: 90_000,
  drive: async (stage) => {
    await stage.atRest(await stage.submitMany(3, () => [hearts(1)]));
    for (let round = 0; round < (stage.isShort ? 1 : 4); round += 1) {
      await slow(stage);
      await failing(stage, stage.isShort ? 2 : 4);
    }
    stage.retried(stage.client.retries());
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import { copyDatabase } from '../kit/database-copy.ts';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts, lanterns, type OrderLine } from '../kit/world.ts';

/** The catalogue's five minutes, shortened; nodes write down what they see of the database every three seconds. */
const lostMs = 4_500;

interface Sent {
  readonly orderNumber: string;
  readonly key: string;
  readonly purchaseOrder: string;
  readonly lines: readonly OrderLine[];
}

/** Orders that can be sent again exactly as they were. */
const send = (stage: Stage, name: string, count: number): Promise<readonly Sent[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, place) => {
      const key = `${name}-${stage.seed}-${place}`;
      const purchaseOrder = stage.client.freshPurchaseOrder();
      const lines = place % 3 === 0 ? [hearts(2), lanterns(1)] : [hearts(1)];
      return { orderNumber: await stage.submit(lines, { key, purchaseOrder }), key, purchaseOrder, lines };
    }),
  );

const numbers = (sent: readonly Sent[]): readonly string[] => sent.map(({ orderNumber }) => orderNumber);

async function completed(stage: Stage, sent: readonly Sent[]): Promise<number> {
  const views = await Promise.all(sent.map(({ orderNumber }) => lookAt(stage.client, orderNumber)));
  return views.filter((view) => view?.state === 'completed').length;
}

export const s39: Scenario = {
  id: 'S39',
  title: 'our database restored to a few seconds ago',
  holds: 'no second order anywhere; state repaired',
  setting: { evidence: true },
  boundMs: 120_000,
  drive: async (stage) => {
    const count = stage.isShort ? 9 : 60;
    await stage.atRest(numbers(await send(stage, 'old', 3)));
    // Under way when the copy is taken …
    await stage.systems.north.dial({ workMs: 1_500 });
    const underWay = await send(stage, 'under-way', count);
    await wait(Math.floor(stage.random() * 800));
    const copy = await copyDatabase(stage);
    // … and new afterwards: both get on, outside and here, and of that the database will know nothing.
    const from = performance.now();
    const forgotten = await send(stage, 'forgotten', count);
    await stage.eventually('something to be completed that will be forgotten', async () =>
      (await completed(stage, [...underWay, ...forgotten])) >= count ? true : undefined,
    );
    const late = await send(stage, 'late', count);
    await wait(Math.max(500, lostMs - (performance.now() - from)));

    const fired = stage.faults.plan('the database is put back to what it was');
    await Promise.all(stage.nodes.map((node) => node.kill()));
    await copy.putBack();
    await Promise.all(stage.nodes.map((node) => node.start()));
    fired();
    const known = await Promise.all(forgotten.map(({ orderNumber }) => lookAt(stage.client, orderNumber)));
    stage.must(
      'the database has forgotten orders',
      known.every((view) => view === undefined),
    );

    // Clients that were not sure send the same again, at once or later, among new orders.
    const fresh = send(stage, 'new', 3);
    const again = await Promise.all(
      [...forgotten, ...late].map(async (sent) => {
        await wait(Math.floor(stage.random() * 1_000));
        const { lines, key, purchaseOrder } = sent;
        return { before: sent.orderNumber, now: await stage.submit(lines, { key, purchaseOrder }) };
      }),
    );
    const other = again.filter(({ before, now }) => before !== now);
    stage.must(
      `who asks again under the key gets the number that was acknowledged; ${other.length} of ${again.length} got another`,
      other.length === 0,
    );
    await stage.atRest(
      [...numbers(underWay), ...numbers(forgotten), ...numbers(late), ...numbers(await fresh)],
      90_000,
    );
  },
};

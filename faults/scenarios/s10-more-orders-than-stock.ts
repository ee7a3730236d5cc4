import { decimal } from '#model/kernel';
import { createInventory } from '#platform/inventory';
import { openDatabase } from '#platform/storage';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { clocks, clocksInStock } from '../kit/world.ts';

const orders = 200;
const holds = 40;

/** Soft claims whose time is over just when they are confirmed: each ends one way or the other, and nothing is left of it. */
async function expiryRacesConfirm(stage: Stage): Promise<void> {
  const database = openDatabase({ url: stage.ownDatabase.url });
  try {
    const inventory = createInventory({ database });
    const demands = Array.from({ length: holds }, (_, place) => `race-${stage.seed}-${place}`);
    const until = new Date(Date.now() + 1_000).toISOString();
    const lines = [{ lineNumber: 1, item: 'HEART', quantity: decimal('1'), unit: 'EA' }];
    for (const demand of demands) {
      await inventory.hold({ demand, wholeOrNothing: true, lines, until }, { key: `${demand}:hold` });
    }
    const expiring = Array.from({ length: 4 }, () => inventory.expire(until));
    const confirmed = await Promise.all(
      demands.map(async (demand) => {
        const answer = await inventory.confirm({ demand }, { key: `${demand}:confirm` });
        return answer.confirmed ? [demand] : [];
      }),
    );
    const firm = confirmed.flat();
    const expired = (await Promise.all(expiring)).flat();
    stage.faults.fired('expiry races confirm');
    stage.must(
      `every hold is confirmed or expired, and none both: ${firm.length} and ${expired.length} of ${holds}`,
      firm.length + expired.length === holds && firm.every((demand) => !expired.includes(demand)),
    );
    for (const demand of firm) await inventory.release({ demand }, { key: `${demand}:release` });
  } finally {
    await database.close();
  }
}

export const s10: Scenario = {
  id: 'S10',
  title: '200 orders at once for 100 units; expiry races confirm',
  holds: 'exactly 100, none leaked',
  mustRetry: false,
  boundMs: 120_000,
  drive: async (stage) => {
    const fired = stage.faults.plan(`${orders} orders at once`);
    const numbers = await stage.submitMany(orders, () => [clocks(1)], { shippingPolicy: 'fill-or-kill' });
    fired();
    await stage.atRest(numbers, 120_000);
    const states = await Promise.all(numbers.map(async (number) => (await lookAt(stage.client, number))?.state));
    const completed = states.filter((state) => state === 'completed').length;
    const cancelled = states.filter((state) => state === 'cancelled').length;
    stage.must(
      `${clocksInStock} of ${orders} get one; ${completed} did and ${cancelled} were cancelled`,
      completed === clocksInStock && cancelled === orders - clocksInStock,
    );
    await expiryRacesConfirm(stage);
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import type { RestartHow } from '../kit/database-server.ts';
import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const ways: readonly RestartHow[] = ['fast', 'immediate', 'kill'];
const longRestarts = 20;
/** Orders before and while there is no database, each time; a Tryton does about one in two seconds. */
const usualOrders = [4, 2] as const;
const trytonOrders = [1, 1] as const;

export const s24: Scenario = {
  id: 'S24',
  title: 'PostgreSQL restarted (fast, immediate, kill -9) while orders travel',
  holds: 'it recovers by itself',
  withTryton: true,
  drive: async (stage) => {
    const numbers: string[] = [];
    const [before, during] = stage.isTryton ? trytonOrders : usualOrders;
    let broken = 0;
    for (let turn = 0; turn < (stage.isShort ? ways.length : longRestarts); turn += 1) {
      const submitting = stage.submitMany(before, () => [hearts(1)]);
      await wait(Math.floor(stage.random() * 150));
      const restarting = stage.restartDatabase(ways[turn % ways.length] ?? 'fast');
      // Some come while there is no database.
      const meanwhile = stage.submitMany(during, () => [hearts(1)]);
      broken += await restarting;
      numbers.push(...(await submitting), ...(await meanwhile));
    }
    await stage.atRest(numbers);
    // Whoever had one of them opened another.
    stage.retried(broken);
  },
};

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
  // What is cut is a connection to the database: a write whose answer was lost is looked up, and no effect need be sent again for it.
  mustRetry: false,
  drive: async (stage) => {
    const numbers: string[] = [];
    const cuts: number[] = [];
    const [before, during] = stage.isTryton ? trytonOrders : usualOrders;
    for (let turn = 0; turn < (stage.isShort ? ways.length : longRestarts); turn += 1) {
      const submitting = stage.submitMany(before, () => [hearts(1)]);
      await wait(Math.floor(stage.random() * 150));
      const restarting = stage.restartDatabase(ways[turn % ways.length] ?? 'fast');
      // Some come while there is no database.
      const meanwhile = stage.submitMany(during, () => [hearts(1)]);
      cuts.push(await restarting);
      numbers.push(...(await submitting), ...(await meanwhile));
    }
    await stage.atRest(numbers);
    stage.figure(
      'connections cut',
      cuts.reduce((sum, count) => sum + count, 0),
    );
    stage.must(
      'every restart cuts connections',
      cuts.every((count) => count > 0),
    );
  },
};

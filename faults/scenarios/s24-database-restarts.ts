import { setTimeout as wait } from 'node:timers/promises';
import type { RestartHow } from '../kit/database-server.ts';
import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const ways: readonly RestartHow[] = ['fast', 'immediate', 'kill'];
const longRestarts = 20;

export const s24: Scenario = {
  id: 'S24',
  title: 'PostgreSQL restarted (fast, immediate, kill -9) while orders travel',
  holds: 'it recovers by itself',
  withTryton: true,
  drive: async (stage) => {
    const numbers: string[] = [];
    let broken = 0;
    for (let turn = 0; turn < (stage.isShort ? ways.length : longRestarts); turn += 1) {
      const submitting = stage.submitMany(4, () => [hearts(1)]);
      await wait(Math.floor(stage.random() * 150));
      const restarting = stage.restartDatabase(ways[turn % ways.length] ?? 'fast');
      // Some come while there is no database.
      const meanwhile = stage.submitMany(2, () => [hearts(1)]);
      broken += await restarting;
      numbers.push(...(await submitting), ...(await meanwhile));
    }
    await stage.atRest(numbers);
    // Whoever had one of them opened another.
    stage.retried(broken);
  },
};

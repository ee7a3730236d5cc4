import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

export const s25: Scenario = {
  id: 'S25',
  title: 'connections terminated five a second; then none left to have',
  holds: 'it recovers by itself',
  // As in S24: connections are opened anew, and no effect need be sent again for it.
  mustRetry: false,
  drive: async (stage) => {
    const numbers: string[] = [];
    let terminated = 0;
    for (let second = 0; second < (stage.isShort ? 4 : 30); second += 1) {
      const submitting = stage.submitMany(3, () => [hearts(1)]);
      for (let turn = 0; turn < 5; turn += 1) {
        terminated += await stage.terminateConnections(1);
        await wait(200);
      }
      numbers.push(...(await submitting));
    }
    await stage.terminateConnections(1_000);
    const giveBack = await stage.exhaustConnections();
    const submitting = stage.submitMany(4, () => [hearts(1)]);
    await wait(2_000);
    await giveBack();
    numbers.push(...(await submitting));
    await stage.atRest(numbers);
    stage.figure('connections terminated one by one', terminated);
  },
};

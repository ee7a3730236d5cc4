import type { Scenario } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** Every commit statement of the engine is named so, and the name travels with each execution. */
const commit = 'commit-';

export const s26: Scenario = {
  id: 'S26',
  title: 'COMMIT sent, connection lost',
  holds: 'applied once',
  drive: async (stage) => {
    const fired = stage.faults.plan('the connection of a commit is lost');
    const rounds = stage.isShort ? 6 : 40;
    const proxies = stage.nodes.map((node) => node.database);
    for (let round = 0; round < rounds; round += 1) {
      const submitting = stage.submitMany(2, () => [hearts(1)]);
      // Not always the first commit of an order: let the seed choose how far it is.
      await new Promise((resolve) => setTimeout(resolve, Math.floor(stage.random() * 200)));
      // Half of them never arrive: nobody on our side can tell.
      const spoiling = round % 2 === 0 ? ({ how: 'lose' } as const) : ({ how: 'refuse', by: '' } as const);
      for (const proxy of proxies) proxy.spoil({ ...spoiling, to: commit });
      await stage.atRest(await submitting);
    }
    const lost = proxies.reduce((total, proxy) => total + proxy.spoilt(), 0);
    for (let count = 0; count < lost; count += 1) fired();
    for (const proxy of proxies) proxy.heal();
    stage.retried(lost);
  },
};

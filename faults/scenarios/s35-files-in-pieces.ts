import { setTimeout as wait } from 'node:timers/promises';
import { openQuarantine } from '../kit/quarantine.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** The simulated warehouse's names for them: these come right by themselves … */
const passing = ['half-written', 'growing', 'repeated', 'renamed'];
/** … and this does not: only half of the file ever comes. */
const forGood = 'never-finished';

/** An order the file of whose shipment comes wrong in this way. */
async function travel(stage: Stage, how: string): Promise<string> {
  const purchaseOrder = stage.client.freshPurchaseOrder();
  await stage.script('north', [{ purchaseOrder, behaviour: 'mishap', how }]);
  return stage.submit([hearts(2)], { purchaseOrder });
}

export const s35: Scenario = {
  id: 'S35',
  title: 'a file half written, growing, repeated under a new name, renamed under the reader, never finished',
  holds: 'whole and once, or not at all',
  mustRetry: false,
  setting: { warehouses: { incompleteAfterMs: 1_500 } },
  drive: async (stage) => {
    const { north } = stage.systems;
    const quarantine = await openQuarantine(stage);
    for (let turn = 0; turn < (stage.isShort ? 1 : 6); turn += 1) {
      // Slow enough that things happen between a look and a read.
      await north.dial({ latencyMs: turn % 2 === 0 ? 10 : 30, halfWrittenMs: 100 + Math.floor(stage.random() * 500) });
      const many = Array.from({ length: 6 }, () => passing).flat();
      const whole = await Promise.all(many.map((how) => travel(stage, how)));
      // Whoever reads the folder may die between the messages and the archive.
      await wait(Math.floor(stage.random() * 600));
      await stage.killNode(stage.node(Math.floor(stage.random() * stage.nodes.length)), 'after lease');
      await stage.atRest(whole);
      const before = (await quarantine.list()).length;
      stage.must(`what became whole is refused nowhere; ${before - turn * 3} files are`, before === turn * 3);

      const halves = await Promise.all(Array.from({ length: 3 }, () => travel(stage, forGood)));
      await stage.eventually('three halves to be refused', async () =>
        (await quarantine.list()).length >= before + halves.length ? true : undefined,
      );
      const early = await Promise.all(halves.map((orderNumber) => stage.insist((api) => api.show(orderNumber))));
      stage.must(
        'of half a file nothing is taken',
        early.every(({ shipments }) => shipments.length === 0),
      );
      await north.act('correct', {});
      await stage.atRest(halves);
    }
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import { someRevival } from '../kit/crash-matrix.ts';
import { mustBeToldToTheEnd, winMany } from '../kit/crm.ts';
import type { FaultyNode } from '../kit/node.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** How a subscriber's place is stored, as it stands on the wire. */
const mark = 'update subscription set cursor';

/** The node whose mark was thrown away: its effect was done before, and its connection is lost with the mark. */
async function markless(stage: Stage, before: readonly number[]): Promise<FaultyNode> {
  return stage.eventually('a subscriber to lose its mark', () =>
    stage.nodes.find((node, place) => node.database.spoilt() > (before[place] ?? 0)),
  );
}

export const s17: Scenario = {
  id: 'S17',
  title: 'a subscriber dies after its effect, before its mark',
  holds: 'once',
  drive: async (stage) => {
    await stage.atRest([await stage.submit([hearts(1)])]);
    const rounds = stage.isShort ? 2 : 12;
    for (let round = 0; round < rounds; round += 1) {
      const fired = stage.faults.plan('kill -9 between effect and mark');
      const before = stage.nodes.map((node) => node.database.spoilt());
      for (const { database } of stage.nodes) database.spoil({ how: 'refuse', by: '', to: mark });
      await wait(Math.floor(stage.random() * 100));
      const winning = winMany(stage, 3);
      const node = await markless(stage, before);
      await stage.killNode(node, someRevival(stage));
      fired();
      for (const { database } of stage.nodes) database.heal();
      await mustBeToldToTheEnd(stage, await winning);
    }
    stage.retried(rounds);
  },
};

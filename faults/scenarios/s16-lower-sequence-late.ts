import { setTimeout as wait } from 'node:timers/promises';
import { isTold, mustBeToldToTheEnd, newsIn, winMany, winOpportunity } from '../kit/crm.ts';
import { holdFact, holdRun, withDatabase } from '../kit/facts.ts';
import { agree, holdOrder } from '../kit/letters.ts';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** Facts that take their places first, and are committed last first, when others have passed them by. */
async function lateFacts(stage: Stage, round: number): Promise<readonly string[]> {
  return withDatabase(stage, async (database) => {
    const opportunities = await Promise.all(
      // Without lines it never becomes an order: the late fact is all that it can be told.
      [1, 2].map(() => winOpportunity(stage, [])),
    );
    const late = await Promise.all(
      opportunities.map((sourceReference, place) => {
        const orderNumber = `late-${round}-${place}`;
        const data = { orderNumber, customer: '17850', channel: 'crm', source: 'crm-main', sourceReference };
        const rest = { state: 'completed late', trackingNumbers: [], changes: 0, final: true };
        return holdFact(database, { orderNumber, data: { ...data, ...rest } });
      }),
    );
    const others = await winMany(stage, 3);
    await mustBeToldToTheEnd(stage, others);
    for (const transaction of late.reverse()) {
      const early = opportunities.filter((opportunity) => newsIn(stage, opportunity).length > 0);
      stage.must('nothing is told before it is committed', early.length < opportunities.length);
      await transaction.commit();
      stage.faults.fired('a transaction with a lower number commits late');
      await wait(Math.floor(stage.random() * 200));
    }
    for (const opportunity of opportunities) await isTold(stage, opportunity, 'completed late');
    for (const opportunity of opportunities) {
      const { length } = newsIn(stage, opportunity);
      stage.must(`${opportunity} is told once, not ${length} times`, length === 1);
    }
    return others;
  });
}

/** A commit of the engine itself that has taken its number and is kept in the middle, while the others' go on. */
async function lateCommit(stage: Stage): Promise<void> {
  const held = await holdOrder(stage);
  await withDatabase(stage, async (database) => {
    const lock = await holdRun(database, 'order-to-cash', held.orderNumber);
    const agreeing = agree(stage, held);
    const others = await winMany(stage, 3);
    await wait(1_500);
    const state = (await lookAt(stage.client, held.orderNumber))?.state;
    stage.must(`its commit is kept back: ${state}`, state === 'held');
    await lock.commit();
    stage.faults.fired('a commit of the engine is kept in its middle');
    await agreeing;
    await mustBeToldToTheEnd(stage, [held.opportunity, ...others]);
  });
}

export const s16: Scenario = {
  id: 'S16',
  title: 'a transaction that commits a lower sequence late',
  holds: 'no subscriber skips it',
  mustRetry: false,
  drive: async (stage) => {
    await stage.atRest([await stage.submit([hearts(1)])]);
    for (let round = 0; round < (stage.isShort ? 2 : 10); round += 1) {
      await lateFacts(stage, round);
      await lateCommit(stage);
    }
  },
};

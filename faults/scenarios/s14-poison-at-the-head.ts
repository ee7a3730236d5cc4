import { isTold, mustBeToldToTheEnd, newsIn, winMany } from '../kit/crm.ts';
import { agree, deadLetterOf, holdOrder, poison } from '../kit/letters.ts';
import { hireOperator } from '../kit/operator.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const attempts = 3;

/** What the letter says of itself: one when it was not tried again. */
const attemptsIn = (summary: string): number => Number(/after (\d+) attempts/.exec(summary)?.[1] ?? 1);

/** A file that is no message, before all others of the warehouse. */
async function poisonTheFiles(stage: Stage): Promise<void> {
  const fired = stage.faults.plan('a file that nobody can read before all others');
  const operator = await hireOperator(stage, 'steward');
  await stage.systems.north.act('write-file', {
    path: 'out/0000-poison.x12',
    content: 'ISA*00*this is no interchange~',
  });
  await stage.atRest(await stage.submitMany(3, () => [hearts(1)]));
  const [refused] = await stage.eventually('the case of the file', async () => {
    const found = await operator(stage.node(0)).list('cause=quarantined');
    return found.length > 0 ? found : undefined;
  });
  stage.must(`the case is of the file: ${refused?.key}`, refused?.key.includes('/unreadable:') === true);
  fired();
}

export const s14: Scenario = {
  id: 'S14',
  title: 'a poison fact at the head of a subscription, and a poison file at the head of a feed',
  holds: 'only its key waits; a dead letter with its reason',
  setting: { messages: { attempts }, warehouses: { incompleteAfterMs: 500 } },
  drive: async (stage) => {
    const operator = await hireOperator(stage, 'operator');
    const held = await holdOrder(stage);
    const fired = stage.faults.plan('a fact that its subscriber cannot take');
    await poison(stage, held);
    await agree(stage, held);
    // Its order goes on; only what is told of it waits.
    await stage.reaches(held.orderNumber, ['completed']);
    await mustBeToldToTheEnd(stage, await winMany(stage, stage.isShort ? 5 : 100));
    await poisonTheFiles(stage);

    const letter = await deadLetterOf(stage, operator, held.orderNumber);
    fired();
    stage.retried(attemptsIn(letter.summary) - 1);
    const letters = await operator(stage.node(0)).list('cause=dead-letter');
    stage.must(`there is one dead letter, not ${letters.length}`, letters.length === 1);
    stage.must(`it says why: ${letter.summary}`, /after 3 attempts: .*null/.test(letter.summary));
    const { message } = letter as unknown as { readonly message: { readonly followers: number } };
    stage.must(`what is told later of its key waits behind it: ${message.followers}`, message.followers > 0);
    const last = newsIn(stage, held.opportunity).at(-1);
    stage.must(`nothing of its key has passed it: ${last?.state}`, last?.state.startsWith('held') === true);

    const { status } = await operator(stage.node(1)).act(letter, 'skip', { reason: 'there is nothing in it' });
    stage.must(`it can be skipped: ${status}`, status === 200);
    await isTold(stage, held.opportunity, 'completed');
    await mustBeToldToTheEnd(stage, [held.opportunity]);
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import { type CaseView, freshKey } from '../../test/index.ts';
import { isTold, mustBeToldToTheEnd, newsIn, winOpportunity } from '../kit/crm.ts';
import { hireOperator, type Operator } from '../kit/operator.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

type Letter = CaseView & { readonly message: { readonly cause: string; readonly original: string } };

const change = (stage: Stage, schemaChanges: object): Promise<void> => stage.dial('crm', { schemaChanges });
const mend = (stage: Stage): Promise<void> => stage.systems.crm.dial({ schemaChanges: {} });

/** A salesperson saves it again, so that the CRM shows it anew. */
const save = (stage: Stage, id: string): Promise<unknown> =>
  stage.systems.crm.act('edit-record', { object: 'Opportunity', id, fields: { Name: 'saved again' } });

/** The case of an opportunity that could not be read; it must name the member that is another. */
async function quarantined(stage: Stage, operator: Operator, opportunity: string, member: string): Promise<Letter> {
  const letter = await stage.eventually(`the case of ${opportunity}`, async () => {
    const all = await operator(stage.node(0)).list('cause=quarantined');
    const found = all.find(({ key }) => key.includes(opportunity));
    return found === undefined ? undefined : ((await operator(stage.node(0)).show(found.id)) as Letter);
  });
  stage.must(`the case says what is another: ${letter.message.cause}`, letter.message.cause.includes(member));
  stage.must(`${opportunity} is no order yet`, newsIn(stage, opportunity).length === 0);
  return letter;
}

/** A steward writes the message as it was meant, and so does another, in the same moment. */
async function resubmitTwice(stage: Stage, operator: Operator, letter: Letter, opportunity: string): Promise<void> {
  const [line] = [hearts(2)];
  const data = {
    customer: '17850',
    customerPurchaseOrder: stage.client.freshPurchaseOrder(),
    currency: 'GBP',
    sourceReference: opportunity,
    lines: [{ kind: 'goods', ...line }],
  };
  const body = { version: letter.version, reason: 'as it was meant', request: { type: 'order.submitted', data } };
  const answers = await Promise.all(
    stage.nodes.map((node) => operator(node).write(`${letter.links.self}/edit-and-retry`, body, freshKey())),
  );
  const said = JSON.stringify(answers.map(({ status, json }) => [status, json.verdict ?? json.code, json.detail]));
  stage.must(`one of two is heard: ${said}`, answers.filter(({ json }) => json.verdict === 'applied').length === 1);
}

/** A field has another type: each opportunity that has it is set aside, the others become orders. */
async function anotherType(stage: Stage, operator: Operator, field: string, to: 'text' | 'number'): Promise<void> {
  const member = field.split('.')[1] ?? '';
  const before = await winOpportunity(stage);
  await isTold(stage, before, 'c');
  await change(stage, { [field]: to });
  const [saved, written] = [await winOpportunity(stage), await winOpportunity(stage)];
  const letters = [
    await quarantined(stage, operator, saved, member),
    await quarantined(stage, operator, written, member),
  ] as const;
  await stage.atRest([await stage.submit([hearts(1)])]);
  await resubmitTwice(stage, operator, letters[1], written);
  await mend(stage);
  // The CRM's stamps are whole seconds: what is saved within one cannot be told from what was read.
  await wait(1_100);
  await save(stage, saved);
  await save(stage, written);
  await mustBeToldToTheEnd(stage, [before, saved, written]);
  const { state } = await operator(stage.node(0)).show(letters[0].id);
  stage.must(`the case closes when its opportunity has come through: ${state}`, state === 'closed');
}

/** A field is gone: nothing can be read, nothing is half read, and nothing is passed over. */
async function withdrawn(stage: Stage, field: string): Promise<void> {
  await change(stage, { [field]: 'gone' });
  const opportunity = await winOpportunity(stage);
  await stage.atRest([await stage.submit([hearts(1)])]);
  await wait(1_000);
  stage.must('what cannot be asked for makes no order', newsIn(stage, opportunity).length === 0);
  await mend(stage);
  await mustBeToldToTheEnd(stage, [opportunity]);
}

export const s21: Scenario = {
  id: 'S21',
  title: 'the CRM’s schema changes in flight: a number becomes text, a text a number, a field is withdrawn',
  holds: 'quarantined with the difference, no partial write; mended and sent again: one order',
  mustRetry: false,
  drive: async (stage) => {
    const operator = await hireOperator(stage, 'steward');
    const rounds = stage.isShort ? 1 : 4;
    for (let round = 0; round < rounds; round += 1) {
      await anotherType(stage, operator, 'OpportunityLineItem.Quantity', 'text');
      await anotherType(stage, operator, 'Opportunity.Customer_Purchase_Order__c', 'number');
      await withdrawn(stage, 'Opportunity.Customer_Purchase_Order__c');
    }
  },
};

import { type CaseView, freshKey } from '../../test/index.ts';
import { isTold, mustBeToldToTheEnd, newsIn } from '../kit/crm.ts';
import { agree, deadLetterOf, type HeldOrder, holdOrder, poison } from '../kit/letters.ts';
import { hireOperator, type Operator } from '../kit/operator.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** What two people do in the same moment, each twice because their browser lost the answer. */
async function redriveTwice(
  stage: Stage,
  people: readonly Operator[],
  letter: CaseView,
  request: object,
): Promise<void> {
  const body = { version: letter.version, reason: 'its data is known', request };
  const calls = people.flatMap((person, place) => {
    const key = freshKey();
    const send = () => person(stage.node(place)).write(`${letter.links.self}/edit-and-retry`, body, key);
    return [send(), send()].map(async (call) => ({ place, ...(await call) }));
  });
  const answers = await Promise.all(calls);
  stage.faults.fired('a dead letter redriven twice at once');
  const winners = new Set(answers.flatMap(({ place, json }) => (json.verdict === 'applied' ? [place] : [])));
  const said = JSON.stringify(answers.map(({ place, status, json }) => [place, status, json.verdict ?? json.code]));
  stage.must(`one of two is heard: ${said}`, winners.size === 1);
  stage.must(
    `nobody is answered with a fault of ours: ${said}`,
    answers.every(({ status }) => status < 500),
  );
}

interface Replay {
  readonly id: string;
  readonly state: string;
  readonly told: number;
  readonly changed: number;
}

/** All that was told of these orders is told again, and the replay started at both nodes at once. */
async function replayTwice(
  stage: Stage,
  [planner, approver]: readonly Operator[],
  keys: readonly string[],
): Promise<void> {
  if (planner === undefined || approver === undefined) throw new Error('a replay takes two people');
  const base = '/api/replays/v1/replays';
  const plan = { subscriber: 'reactions', selection: { keys }, reason: 'are they all there?', perSecond: 200 };
  const planned = await planner(stage.node(0)).write(base, plan);
  stage.must(`a replay is planned: ${JSON.stringify(planned.json)}`, planned.status === 201);
  const { id } = planned.json as unknown as Replay;
  const approved = await approver(stage.node(1)).write(`${base}/${id}/approval`, { reason: 'they are known' });
  stage.must(`a replay is approved: ${JSON.stringify(approved.json)}`, approved.status === 200);
  const started = await Promise.all(
    stage.nodes.map((node) => planner(node).write(`${base}/${id}/start`, { reason: 'now' })),
  );
  stage.must(
    `a replay is started: ${started.map(({ status }) => status).join()}`,
    started.some(({ status }) => status === 200),
  );
  stage.faults.fired('a replay started twice at once');
  const finished = await stage.eventually('the replay to finish', async () => {
    const replay = await planner(stage.node(0)).read<Replay>(`${base}/${id}`);
    return ['finished', 'stopped'].includes(replay.state) ? replay : undefined;
  });
  stage.figure('facts told again', finished.told);
  const said = JSON.stringify(finished);
  stage.must(`the replay tells something and changes nothing: ${said}`, finished.told > 0 && finished.changed === 0);
  stage.must(`the replay finishes: ${said}`, finished.state === 'finished');
}

const repairedNews = ({ opportunity, orderNumber }: HeldOrder) => ({
  orderNumber,
  customer: '17850',
  channel: 'crm',
  source: 'crm-main',
  sourceReference: opportunity,
  state: 'held: repaired',
  trackingNumbers: [],
  changes: 0,
  final: false,
});

export const s15: Scenario = {
  id: 'S15',
  title: 'dead letters repaired and redriven, twice at once; then a replay of the same, started twice at once',
  holds: 'each effect once',
  setting: { messages: { attempts: 2 } },
  drive: async (stage) => {
    const people = [await hireOperator(stage, 'anna'), await hireOperator(stage, 'ben')];
    const [anna] = people;
    if (anna === undefined) throw new Error('nobody is there');
    await stage.atRest([await stage.submit([hearts(1)])]);
    const count = stage.isShort ? 4 : 30;
    const held = await Promise.all(Array.from({ length: count }, () => holdOrder(stage)));
    await Promise.all(held.map((each) => poison(stage, each)));
    for (const each of held) {
      await redriveTwice(stage, people, await deadLetterOf(stage, anna, each.orderNumber), repairedNews(each));
    }
    for (const { opportunity } of held) await isTold(stage, opportunity, 'held: repaired');
    await Promise.all(held.map((each) => agree(stage, each)));
    const opportunities = held.map(({ opportunity }) => opportunity);
    await mustBeToldToTheEnd(stage, opportunities);
    const before = JSON.stringify(opportunities.map((each) => newsIn(stage, each)));
    await replayTwice(
      stage,
      people,
      held.map(({ orderNumber }) => orderNumber),
    );
    await mustBeToldToTheEnd(stage, opportunities);
    const repaired = opportunities
      .flatMap((each) => newsIn(stage, each))
      .filter(({ state }) => state === 'held: repaired');
    stage.must(`each repaired fact has its effect once: ${repaired.length} of ${count}`, repaired.length === count);
    const after = JSON.stringify(opportunities.map((each) => newsIn(stage, each)));
    stage.must('the CRM is told nothing by a replay of what it knows', before === after);
    // Facts that were given up and told again all the same.
    stage.retried(repaired.length);
  },
};

import { setTimeout as wait } from 'node:timers/promises';
import { atRate, inWords, latencyOf, timed } from '../kit/latency.ts';
import { hireOperator } from '../kit/operator.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** What a sender sends in a second, and may ask of each node. */
const requests = 10;
const times = 50;
/** Of the sender. More would be files that the harness must hold open, and no node sees the difference. */
const connections = 2_000;
/** The catalogue's 60 s. */
const longSeconds = 60;
const shortSeconds = 4;
/** So much more than before may a node hold; a flood that is kept would be gigabytes in a minute. */
const mostGrowthMb = 150;
/** Nobody needs this order, and nobody may read it before it is refused. */
const longBody = JSON.stringify({ customer: '17850', note: 'x'.repeat(900_000) });

interface Flooded {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** No answer in ten seconds: on a machine that has other work too the flood may be more than can be read. */
const unanswered: Flooded = { status: 0, retryAfter: null };

/** The sender of a webhook: it has so many things to say, and says what was refused again and again. */
function createSender(stage: Stage, messages: number) {
  const orders = Array.from({ length: messages }, (_, place) => ({
    key: `flood-${stage.seed}-${place}`,
    purchaseOrder: stage.client.freshPurchaseOrder(),
  }));
  return async (place: number): Promise<Flooded> => {
    const at = stage.node(place % stage.nodes.length);
    // One in fifty is as long as a body may be.
    const message = orders[Math.floor(stage.random() * messages)];
    const sending =
      place % 50 === 49 || message === undefined
        ? at.api.submit(longBody)
        : stage.client.trySubmit([hearts(1)], { ...message, at });
    const answer = await sending.catch(() => undefined);
    return answer === undefined ? unanswered : { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  };
}

/** Another consumer, who asks for something now and then. */
async function bystander(stage: Stage, isOver: () => boolean): Promise<readonly number[]> {
  const operator = await hireOperator(stage, 'bystander');
  const took: number[] = [];
  while (!isOver()) {
    const [milliseconds] = await timed(() => operator(stage.node(took.length % stage.nodes.length)).groups());
    took.push(milliseconds);
    await wait(200);
  }
  return took;
}

export const s13: Scenario = {
  id: 'S13',
  title: `a sender floods the API at ${times} times its rate, with some bodies as long as they may be`,
  holds: 'bounded memory, 429 with Retry-After, none acknowledged is lost, others are answered',
  setting: { plan: { name: 'flood', requests, seconds: 1 } },
  drive: async (stage) => {
    const flooded = stage.faults.plan('the flood is refused with 429');
    const seconds = stage.isShort ? shortSeconds : longSeconds;
    const send = createSender(stage, stage.isShort ? 30 : 400);
    await stage.atRest([await stage.submit([hearts(1)])]);
    const memory = () => stage.nodes.map((node) => node.residentMb());
    const before = memory();
    const most = [...before];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        for (const [place, now] of memory().entries()) most[place] = Math.max(most[place] ?? 0, now);
        await wait(100);
      }
    })();
    const others = bystander(stage, () => isOver);
    // Whatever becomes of the flood: it is awaited below, or the scenario has failed before.
    others.catch(() => undefined);
    const from = performance.now();
    const answers = await atRate({ perSecond: requests * times, seconds, atMost: connections }, send).finally(() => {
      isOver = true;
    });
    const took = (performance.now() - from) / 1_000;
    await watching;
    const taken = answers.filter(({ status }) => status === 202).length;
    const refused = answers.filter(({ status }) => status === 429);
    for (const _ of refused) flooded();
    stage.retried(refused.length);
    const silent = answers.filter(({ status }) => status === 0).length;
    const answered = answers.filter(({ status }) => status !== 0);
    const statuses = [...new Set(answered.map(({ status }) => status))].sort();
    stage.figure('flood', `${Math.round(answers.length / took)} calls a second for ${Math.round(took)} s`);
    stage.figure(
      'answered',
      `${taken} with 202, ${refused.length} with 429, ${silent} not in time; statuses ${statuses.join(', ')}`,
    );
    stage.figure('memory before and at most', `${before.join(' and ')} MB, ${most.join(' and ')} MB`);
    const latency = latencyOf(await others);
    stage.figure('another consumer meanwhile', inWords(latency));
    // 422: one of the long ones, in its turn.
    stage.must(
      `nothing but 202, 422 and 429 is answered: ${statuses.join(', ')}`,
      statuses.every((each) => [202, 422, 429].includes(each)),
    );
    stage.must(
      'each 429 says after how many seconds',
      refused.every(({ retryAfter }) => /^[1-9]\d{0,3}$/.test(retryAfter ?? '')),
    );
    const allowed = Math.ceil((took + 1) * requests * stage.nodes.length) + requests * stage.nodes.length;
    stage.must(
      `no more is let in than the rate allows: ${answered.length - refused.length} of ${allowed}`,
      answered.length - refused.length <= allowed,
    );
    stage.must(
      `memory is bounded: ${most.join(' and ')} MB after ${before.join(' and ')} MB`,
      most.every((each, place) => each - (before[place] ?? 0) <= mostGrowthMb),
    );
    stage.must(`most of it is answered: ${answered.length} of ${answers.length}`, silent * 10 < answers.length);
    stage.must(`others are answered: ${inWords(latency)}`, latency.count > 0 && latency.p95 < 3_000);
  },
};

import { atRate, inWords, type Latency, latencyOf, timed } from '../kit/latency.ts';
import { lookAt } from '../kit/look.ts';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

/** The catalogue's 20 s a call and 10 minutes. */
const long = { latencyMs: 20_000, seconds: 600 };
const short = { latencyMs: 2_500, seconds: 7 };
const submissionsPerSecond = 4;
const questionsPerSecond = 12;
/** On cores that others work on too, a few slow calls say nothing. */
const slackMs = 250;

interface Both {
  readonly intake: Latency;
  readonly asking: Latency;
  readonly numbers: readonly string[];
}

/** Customers submit and ask, at their own pace. */
async function customers(stage: Stage, seconds: number, known: readonly string[]): Promise<Both> {
  const [submitted, asked] = await Promise.all([
    atRate({ perSecond: submissionsPerSecond, seconds }, () => timed(() => stage.submit([hearts(1)]))),
    atRate({ perSecond: questionsPerSecond, seconds }, (place) =>
      timed(() => lookAt(stage.client, known[place % known.length] ?? '')),
    ),
  ]);
  return {
    intake: latencyOf(submitted.map(([milliseconds]) => milliseconds)),
    asking: latencyOf(asked.map(([milliseconds]) => milliseconds)),
    numbers: submitted.map(([, number]) => number),
  };
}

export const s19: Scenario = {
  id: 'S19',
  title: 'the ERP takes seconds for each call',
  holds: 'API latency unchanged',
  mustRetry: false,
  boundMs: 180_000,
  drive: async (stage) => {
    const { latencyMs, seconds } = stage.isShort ? short : long;
    const known = await stage.submitMany(4, () => [hearts(1)]);
    await stage.atRest(known);
    await customers(stage, 2, known);
    const before = await customers(stage, stage.isShort ? seconds : 60, known);
    await stage.atRest(before.numbers);
    await stage.dial('erp', { latencyMs });
    const during = await customers(stage, seconds, known);
    const states = await Promise.all(during.numbers.map(async (number) => (await lookAt(stage.client, number))?.state));
    const held = states.filter((state) => state !== 'completed').length;
    await stage.systems.erp.dial({ latencyMs: 0 });
    for (const kind of ['intake', 'asking'] as const) {
      stage.figure(`${kind}, before`, inWords(before[kind]));
      stage.figure(`${kind}, ERP at ${latencyMs} ms a call`, inWords(during[kind]));
      stage.must(
        `${kind} is as quick as before: ${inWords(during[kind])} after ${inWords(before[kind])}`,
        during[kind].p99 <= before[kind].p99 * 1.5 + slackMs,
      );
    }
    stage.must(`orders wait for the ERP: ${held} of ${states.length}`, held > states.length / 2);
    await stage.atRest(during.numbers, 180_000);
  },
};

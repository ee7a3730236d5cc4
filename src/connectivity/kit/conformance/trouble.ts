import { describe, expect, test } from 'vitest';
import { anySignal, applies, callOf, createStages, expectFault, feedNamed } from './stage.ts';
import type { Stage, Subject } from './subject.ts';

interface Question {
  readonly name: string;
  ask(): Promise<unknown>;
}

/** Everything that only asks: read verbs and feeds. */
const questions = ({ connection, reads, feeds }: Stage): readonly Question[] => [
  ...reads.map(({ verb, ask }) => ({ name: verb, ask: () => ask(connection, callOf(verb)) })),
  ...feeds.map(({ feed }) => ({
    name: feed,
    ask: () => feedNamed(connection, feed).read(undefined, anySignal()),
  })),
];

/** Faults of the road and of the system, each with the kind that says what may be done about it. */
export function describeTrouble(subject: Subject): void {
  const open = createStages(subject);

  describe('when there is trouble', () => {
    test('credentials that died are renewed once for all calls under way, and none fails', async () => {
      const stage = await open();
      const { expireCredentials } = stage.provoke;
      if (!applies(expireCredentials)) return;
      for (const { ask } of questions(stage)) {
        await ask();
        const signIns = await expireCredentials();
        await Promise.all([ask(), ask(), ask(), ask(), ask()]);
        expect(await signIns()).toBe(1);
      }
    });

    test('a rate limit is transient and says how long to wait', async () => {
      const stage = await open();
      const { limitRate, calm } = stage.provoke;
      if (!applies(limitRate)) return;
      for (const { ask } of questions(stage)) {
        await ask();
        await limitRate(600);
        const fault = await expectFault(ask(), ['transient']);
        expect(fault.retryAfterMs).toBe(600_000);
        await calm();
      }
    });

    test('an outage is transient for questions, never a success for changes, and passes', async () => {
      const stage = await open();
      const { outage, calm } = stage.provoke;
      if (!applies(outage)) return;
      await outage();
      for (const { ask } of questions(stage)) await expectFault(ask(), ['transient']);
      for (const { verb, send, effects } of stage.writes) {
        await expectFault(send(stage.connection, callOf(verb)), ['transient', 'ambiguous']);
        expect(await effects(), verb).toBe(0);
      }
      await calm();
      for (const { ask } of questions(stage)) await ask();
    });

    test.each(['html', 'truncated'] as const)(
      'an answer that cannot be read (%s) is transient for a question',
      async (how) => {
        const stage = await open();
        const { garble } = stage.provoke;
        if (!applies(garble)) return;
        for (const { name, ask } of questions(stage)) {
          await ask();
          await garble(name, how);
          await expectFault(ask(), ['transient']);
          await ask();
        }
      },
    );

    test('a call whose time is over fails with a fault', async () => {
      const { connection, reads, writes } = await open();
      const over = { ...callOf('over'), signal: AbortSignal.abort() };
      for (const { ask } of reads) await expectFault(ask(connection, over), ['transient']);
      for (const { send, effects } of writes) {
        await expectFault(send(connection, over), ['transient', 'ambiguous']);
        expect(await effects()).toBe(0);
      }
    });
  });
}

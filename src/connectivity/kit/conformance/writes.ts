import { describe, expect, test } from 'vitest';
import type { EffectClass } from '../connector.ts';
import { settingsOf } from './declaration.ts';
import { applies, callOf, createStages, expectFault } from './stage.ts';
import type { Stage, Subject, WriteProbe } from './subject.ts';

function classOf(subject: Subject, verb: string): EffectClass {
  const [capability = '', name = ''] = verb.split('.');
  return subject.connector.manifest(settingsOf(subject)).verbs[capability]?.[name]?.class ?? 'blind';
}

/** After a lost answer: a searchable verb is asked, a keyed one simply sent again; the effect is there once. */
async function expectFoundOnce({ connection }: Stage, probe: WriteProbe): Promise<void> {
  const again = callOf(probe.verb, 2);
  if (probe.find !== undefined) expect((await probe.find(connection, again)).known, probe.verb).toBe('done');
  else await probe.send(connection, again);
  expect(await probe.effects(), probe.verb).toBe(1);
}

const repeatable = (subject: Subject, { writes }: Stage): readonly WriteProbe[] =>
  writes.filter(({ verb }) => classOf(subject, verb) !== 'blind');

/** What changes something is done once, whatever is lost. */
export function describeWrites(subject: Subject): void {
  const open = createStages(subject);

  describe('when it changes something', () => {
    test('the same key sent again is done once', async () => {
      const stage = await open();
      for (const probe of repeatable(subject, stage)) {
        await probe.send(stage.connection, callOf(probe.verb));
        await probe.send(stage.connection, callOf(probe.verb, 2));
        expect(await probe.effects(), probe.verb).toBe(1);
      }
    });

    test('what was never sent is not found', async () => {
      const { connection, writes } = await open();
      for (const { verb, find } of writes) {
        if (find !== undefined) expect((await find(connection, callOf(verb))).known, verb).toBe('not-done');
      }
    });

    test('a lost answer is ambiguous, and then it is found, or known again', async () => {
      const stage = await open();
      const { loseAnswer } = stage.provoke;
      if (!applies(loseAnswer)) return;
      for (const probe of repeatable(subject, stage)) {
        await loseAnswer(probe.verb);
        await expectFault(probe.send(stage.connection, callOf(probe.verb)), ['ambiguous']);
        expect(await probe.effects(), `${probe.verb} was done before its answer was lost`).toBe(1);
        await expectFoundOnce(stage, probe);
      }
    });

    test.each(['html', 'truncated'] as const)('an answer that cannot be read (%s) is no success', async (how) => {
      const stage = await open();
      const { garble } = stage.provoke;
      if (!applies(garble)) return;
      for (const probe of repeatable(subject, stage)) {
        await garble(probe.verb, how);
        await expectFault(probe.send(stage.connection, callOf(probe.verb)), ['ambiguous']);
        await expectFoundOnce(stage, probe);
      }
    });
  });
}

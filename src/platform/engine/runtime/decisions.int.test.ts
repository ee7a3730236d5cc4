import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Flow } from '../flow.ts';
import type { Engine, VerbClass } from './engine.ts';
import { ended, eventually, startEngine } from './testing/engine-under-test.ts';
import { blindly, errandFlow } from './testing/errand.ts';
import { type Behaviour, createFakeTarget } from './testing/fake-target.ts';

interface CaseRow {
  readonly cause: string;
  readonly group_key: string;
  readonly effect_key: string;
  readonly instance: string | null;
  readonly party: string | null;
  readonly worth: string | null;
  readonly currency: string | null;
  readonly fault: { readonly code: string } | null;
  readonly closed_because: string | null;
}

const casesOf = async ({ pool }: Database, key: string): Promise<readonly CaseRow[]> =>
  (await pool.query<CaseRow>('select * from case_record where key = $1 order by opened_at, id', [key])).rows;

describe('a decision about an effect that failed', () => {
  let own: TestDatabase;
  let number = 0;
  const versions: Flow[] = [];
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterAll(() => own.drop());

  /** An errand whose booking failed so, and waits. */
  async function parked(
    verbClass: VerbClass,
    behaviours: readonly Behaviour[],
    answers: readonly Behaviour[] = [],
    more: NonNullable<Parameters<typeof errandFlow>[0]>['effect'] = {},
  ) {
    const target = createFakeTarget();
    target.next('booking', ...behaviours);
    target.next('find booking', ...answers);
    const effect = { ...(verbClass === 'blind' ? blindly : {}), ...more };
    // Runs of earlier tests wait on in their versions, so that every engine knows them all.
    versions.push(errandFlow({ version: versions.length + 1, effect }));
    const engine = await startEngine({
      database: own.database,
      flows: versions,
      provider: target.provider(verbClass),
    });
    number += 1;
    const key = `decided-${number}`;
    await engine.start({ flow: 'errand', key, input: { size: 7 }, source: 'test' });
    const run = await engine.waitFor('errand', key, ({ cases }) => cases.includes('book-failed'), 8_000);
    const effectKey = run?.open[0]?.key ?? '';
    const decide = (type: string, more: object = {}, id = `${type}-1`) => {
      const data = { effect: effectKey, reason: 'the item is there now', ...more };
      return engine.deliver([{ flow: 'errand', key, id, source: 'person:jane', type, data }]);
    };
    return { target, engine, key, effectKey, decide };
  }

  const verdicts = async (engine: Engine, key: string): Promise<readonly string[]> =>
    (await engine.journal('errand', key)).flatMap(({ entry }) =>
      entry.kind === 'received' && entry.message.type.startsWith('decide.')
        ? [`${entry.verdict}${entry.because === undefined ? '' : `: ${entry.because}`}`]
        : [],
    );

  test('its case says for which effect and system it stands, and closes itself when a retry succeeds', async () => {
    const { target, engine, key, effectKey, decide } = await parked('keyed', ['never']);
    expect(await casesOf(own.database, key)).toMatchObject([
      {
        cause: 'book-failed',
        effect_key: effectKey,
        instance: 'target',
        fault: { code: 'unknown-item' },
        party: 'the customer',
        worth: '7',
        currency: 'GBP',
        closed_because: null,
      },
    ]);
    await decide('decide.retry');
    expect((await ended(engine, 'errand', key)).ending).toBe('completed');
    expect(target.done[0]).toEqual({ what: 'booking', key: effectKey, attempt: 2 });
    expect(await casesOf(own.database, key)).toMatchObject([{ closed_because: 'book was done' }]);
    expect((await engine.verify('errand', key))?.intact).toBe(true);
    await engine.stop();
  });

  test('errands that failed for one reason are one group, whatever their names', async () => {
    const first = await parked('keyed', ['never']);
    await first.engine.stop();
    const second = await parked('keyed', ['never']);
    const groups = [...(await casesOf(own.database, first.key)), ...(await casesOf(own.database, second.key))];
    expect(new Set(groups.map(({ group_key }) => group_key)).size).toBe(1);
    await second.engine.stop();
  });

  test('two retries at once send it once', async () => {
    const { target, engine, key, decide } = await parked('keyed', ['never']);
    await Promise.all([decide('decide.retry', {}, 'a'), decide('decide.retry', {}, 'b')]);
    await ended(engine, 'errand', key);
    expect(target.calls.filter((what) => what === 'booking')).toHaveLength(2);
    expect((await verdicts(engine, key)).toSorted()).toEqual([
      'applied',
      'ignored: nothing waits for this decision any more',
    ]);
    await engine.stop();
  });

  test('an edited request goes out under a key of its own, and is undone under that', async () => {
    const { target, engine, key, effectKey, decide } = await parked('keyed', ['never']);
    target.next('shipping', 'refuse');
    const difference = [{ path: '/what', from: 'booking', to: 'another booking' }];
    await decide('decide.retry-edited', { request: { what: 'another booking' }, difference });
    expect((await ended(engine, 'errand', key)).ending).toBe('cancelled');
    expect(target.done).toEqual([{ what: 'another booking', key: `${effectKey}.e1`, attempt: 1 }]);
    expect(target.undone).toMatchObject([{ key: `${effectKey}.e1:undo` }]);
    expect(await casesOf(own.database, key)).toMatchObject([{ closed_because: 'book was done' }]);
    await engine.stop();
  });

  test('an answer by hand goes on as if the target had given it', async () => {
    const { target, engine, key, decide } = await parked('keyed', ['never']);
    await decide('decide.answer', { answer: { reference: 'by hand' } });
    const run = await ended(engine, 'errand', key);
    expect(run.document).toMatchObject({ references: ['by hand', 'ref-1', 'ref-2'] });
    expect(target.done.map(({ what }) => what)).toEqual(['shipping', 'bill']);
    await engine.stop();
  });

  const unsure: readonly Behaviour[] = ['silent', 'silent', 'silent', 'silent'];

  test('what may have been done is asked about before anything is sent again', async () => {
    const { target, engine, key, decide } = await parked('searchable', ['lose-answer'], unsure);
    await decide('decide.retry-edited', { request: { what: 'other' }, difference: [] });
    await decide('decide.retry');
    await ended(engine, 'errand', key);
    expect(target.done.filter(({ what }) => what !== 'shipping' && what !== 'bill')).toHaveLength(1);
    expect(await verdicts(engine, key)).toEqual([
      'ignored: nobody knows whether it was done: find that out before another is sent',
      'applied',
    ]);
    await engine.stop();
  });

  test('a blind one is not sent again by a retry, but when a person knows that it was not done', async () => {
    const { target, engine, key, decide } = await parked('blind', ['cut-off']);
    await decide('decide.retry');
    await engine.waitFor('errand', key, ({ open }) => open[0]?.parked === true, 2_000);
    expect(target.calls).toEqual(['booking']);
    await decide('decide.not-done');
    await ended(engine, 'errand', key);
    expect(target.calls).toEqual(['booking', 'booking', 'shipping', 'bill']);
    await engine.stop();
  });

  test('a refusal says nothing of an earlier attempt whose answer was lost: it stays in doubt', async () => {
    const { target, engine, key, decide } = await parked('keyed', ['lose-answer', 'never']);
    expect((await engine.view('errand', key))?.open).toMatchObject([{ parked: true, doubtful: true }]);
    await decide('decide.retry-edited', { request: { what: 'other' }, difference: [] });
    await decide('decide.retry');
    await ended(engine, 'errand', key);
    expect(target.done.map(({ what }) => what)).toEqual(['booking', 'shipping', 'bill']);
    await engine.stop();
  });

  test('a blind one that is retried in doubt stays so when its node dies before its turn', async () => {
    const { target, engine, key, decide } = await parked('blind', ['lose-answer']);
    await engine.pauseLane('target', 'person:jane', 'to see what waits');
    await decide('decide.retry');
    engine.kill();
    const next = await startEngine({ database: own.database, flows: versions, provider: target.provider('blind') });
    await next.resumeLane('target', 'person:jane', 'seen');
    await eventually(async () => {
      const run = await next.view('errand', key);
      return run?.open[0]?.parked === true && run.open[0].doubtful === true;
    }, 'it waits for a person again');
    expect(target.calls).toEqual(['booking']);
    await next.stop();
  });

  test('what is in doubt is settled before a run that is given up undoes anything', async () => {
    const { target, engine, key, decide } = await parked('searchable', ['lose-answer'], unsure);
    await decide('decide.compensate');
    expect(await engine.view('errand', key)).toMatchObject({ phase: 'unwinding', cases: ['book-failed'] });
    expect(target.undone).toEqual([]);
    await decide('decide.answer', { answer: { reference: 'ref-1' } });
    expect(await ended(engine, 'errand', key)).toMatchObject({ ending: 'cancelled', cases: [] });
    expect(target.undone.map(({ what }) => what)).toEqual(['ref-1']);
    await engine.stop();
  });

  test('a run that is given up leaves what surely failed, and closes its case', async () => {
    const { target, engine, key, decide } = await parked('keyed', ['never']);
    await decide('decide.compensate');
    expect(await ended(engine, 'errand', key)).toMatchObject({ ending: 'cancelled', cases: [] });
    expect(target.undone).toEqual([]);
    await decide('decide.retry');
    await decide('decide.close', { cause: 'book-failed' });
    expect((await verdicts(engine, key)).slice(1)).toEqual([
      'ignored: the run has ended: close the case when nothing is left to do',
      'ignored: the case is closed already',
    ]);
    await engine.stop();
  });

  test('what the flow needs cannot be skipped, and the case of an effect that waits cannot be closed', async () => {
    const { engine, key, decide } = await parked('keyed', ['never']);
    await decide('decide.skip');
    await decide('decide.close', { cause: 'book-failed' });
    expect(await verdicts(engine, key)).toEqual([
      'ignored: the flow needs what book answers: say by hand what came of it, or give the run up',
      'ignored: it stands for an effect that waits: retry, answer or skip that',
    ]);
    expect((await engine.view('errand', key))?.open).toMatchObject([{ parked: true }]);
    await engine.stop();
  });

  test('a skipped effect is not undone', async () => {
    const { target, engine, key, decide } = await parked('keyed', ['never'], [], {
      ifSkipped: () => ({ reference: 'none' }),
    });
    target.next('shipping', 'refuse');
    await decide('decide.skip');
    expect((await ended(engine, 'errand', key)).document).toMatchObject({ references: ['none'] });
    expect(target.undone).toEqual([]);
    expect(await casesOf(own.database, key)).toMatchObject([
      { closed_because: 'somebody decided to go on without it' },
    ]);
    await engine.stop();
  });

  test('one that fails in another way the second time has another case', async () => {
    const { engine, key, decide } = await parked('keyed', ['never', 'defect']);
    await decide('decide.retry');
    await eventually(async () => (await casesOf(own.database, key)).length === 2, 'a second case');
    const [first, second] = await casesOf(own.database, key);
    expect(first?.closed_because).toBe('it was tried again and failed in another way');
    expect(second?.closed_because).toBeNull();
    await engine.stop();
  });
});

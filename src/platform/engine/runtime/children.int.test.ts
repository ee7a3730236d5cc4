import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { defineFlow } from '../define-flow.ts';
import { minutes } from '../duration.ts';
import { deadline, defineEvent } from '../event.ts';
import { when } from '../flow.ts';
import type { Engine } from './engine.ts';
import { ended, startEngine } from './testing/engine-under-test.ts';
import { type ErrandInput, errandFlow } from './testing/errand.ts';
import { createFakeTarget } from './testing/fake-target.ts';

const errand = errandFlow();
const Greeted = defineEvent('party.greeted', Type.Object({ by: Type.String() }));

interface PartyDoc {
  readonly errands: readonly string[];
  readonly ended: readonly string[];
}

/** Runs several errands at once and waits for all of them. */
const party = defineFlow<{ waiting: PartyDoc; over: PartyDoc }>()({
  name: 'party',
  version: 1,
  start: 'waiting',
  begin: ({ errands }: { readonly errands: readonly string[] }) => ({ errands, ended: [] }),
  states: {
    waiting: {
      means: 'Its errands are being run.',
      start: ({ errands }) => errands.map((key) => ({ flow: 'errand', key, input: { size: 2 } satisfies ErrandInput })),
      within: minutes(5),
      on: [
        when(errand.ended, {
          if: (doc: PartyDoc) => doc.ended.length + 1 === doc.errands.length,
          to: 'over',
          apply: (doc: PartyDoc, { key, ending }) => ({ ...doc, ended: [...doc.ended, `${key} ${ending}`] }),
        }),
        when(errand.ended, {
          apply: (doc: PartyDoc, { key, ending }) => ({ ...doc, ended: [...doc.ended, `${key} ${ending}`] }),
        }),
        when(Greeted, { apply: (doc: PartyDoc) => doc }),
        when(deadline, { open: () => ({ cause: 'late', summary: 'the errands take too long' }) }),
      ],
    },
    over: { means: 'All are back.', ends: 'completed' },
  },
  result: () => null,
});

describe('runs that start runs', () => {
  let own: TestDatabase;
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 20 });
  });
  afterEach(() => own.drop());

  const points = ['before-batch', 'after-batch', 'before-delivery', 'after-settle'];
  const crashes = [undefined, ...points.flatMap((point) => [1, 2, 3, 5].map((time) => ({ point, time })))];

  test.each(crashes)('every child is started once and every end is heard once (crash: %j)', async (crash) => {
    const target = createFakeTarget();
    const setup = { database: own.database, flows: [errand, party], provider: target.provider('keyed') };
    const name = crash ? `${crash.point}-${crash.time}` : 'calm';
    const errands = ['a', 'b', 'c'].map((child) => `${name}-${child}`);
    const begin = { flow: 'party', key: name, input: { errands }, source: 'test' };
    let engine: Engine;
    if (crash) {
      let seen = 0;
      const died = Promise.withResolvers<void>();
      const first: Engine = await startEngine({
        ...setup,
        options: {
          crashAt: (point) => {
            if (point !== crash.point) return;
            seen += 1;
            if (seen !== crash.time) return;
            first.kill();
            died.resolve();
          },
        },
      });
      first.start(begin).catch(() => undefined);
      await died.promise;
      engine = await startEngine(setup);
    } else {
      engine = await startEngine(setup);
    }
    await engine.start(begin);
    const run = await ended(engine, 'party', name);
    expect((run.document as PartyDoc).ended.toSorted()).toEqual(errands.map((key) => `${key} completed`));
    expect(target.done).toHaveLength(9);
    const { rows } = await own.database.pool.query('select * from inbox');
    expect(rows).toEqual([]);
    await engine.stop();
  });

  test('a child that cannot begin becomes a case and is not tried for ever', async () => {
    const target = createFakeTarget();
    const broken = {
      ...errand,
      table: {
        ...errand.table,
        begin: () => {
          throw new Error('no such size');
        },
      },
    };
    const logged: string[] = [];
    const engine = await startEngine({
      database: own.database,
      flows: [{ ...broken, version: 7, table: { ...broken.table, version: 7 } }, party],
      provider: target.provider('keyed'),
      needs: { log: (event) => logged.push(event) },
    });
    await engine.start({ flow: 'party', key: 'broken', input: { errands: ['never'] }, source: 'test' });
    await engine.waitFor('party', 'broken', () => false, 400);
    expect(await engine.parked()).toMatchObject([{ flow: 'errand', key: 'never', cause: 'not-started' }]);
    expect(logged.filter((event) => event === 'child-not-started')).toHaveLength(1);
    await engine.stop();
  });
});

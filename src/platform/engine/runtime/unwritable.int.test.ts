import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { defineFlow } from '../define-flow.ts';
import { minutes } from '../duration.ts';
import { deadline, defineEvent } from '../event.ts';
import { when } from '../flow.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './testing/engine-under-test.ts';
import { createFakeTarget } from './testing/fake-target.ts';

const Said = defineEvent('parrot.told', Type.Object({ words: Type.String() }));
const Left = defineEvent('parrot.left', Type.Object({}));

interface ParrotDoc {
  readonly given: { readonly name: string };
  readonly heard: readonly string[];
}

/** Repeats what it hears as the type of a fact: a column of its own, where not every text can stand. */
const parrot = defineFlow<{ listening: ParrotDoc; gone: ParrotDoc }>()({
  name: 'parrot',
  version: 1,
  start: 'listening',
  begin: (given: { readonly name: string }) => ({ given, heard: [] }),
  states: {
    listening: {
      means: 'It listens.',
      within: minutes(5),
      on: [
        when(Said, {
          apply: (doc: ParrotDoc, { words }) =>
            words === 'rename' ? { given: { name: 'Polly' }, heard: [] } : { ...doc, heard: [...doc.heard, words] },
          tell: (_: ParrotDoc, { words }) => [{ type: words, data: words }],
        }),
        when(Left, { to: 'gone', apply: (doc: ParrotDoc) => doc }),
        when(deadline, { apply: (doc: ParrotDoc) => doc }),
      ],
    },
    gone: { means: 'It has flown away.', ends: 'completed' },
  },
  result: () => null,
});

describe('a message whose consequences cannot be written', () => {
  let own: TestDatabase;
  let engine: Engine;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 20 });
    engine = await startEngine({
      database: own.database,
      flows: [parrot],
      provider: createFakeTarget().provider('keyed'),
    });
  });
  afterAll(async () => {
    await engine.stop();
    await own.drop();
  });

  const tell = (key: string, words: string) =>
    engine.deliver([
      { flow: 'parrot', key, id: `${words.length}`, source: 'person:ada', type: 'parrot.told', data: { words } },
    ]);

  test('becomes a case of its run, and neither stops the run nor its neighbours', async () => {
    const keys = ['a', 'b', 'c', 'd'];
    await Promise.all(keys.map((key) => engine.start({ flow: 'parrot', key, input: { name: key }, source: 'test' })));
    await Promise.all(keys.map((key) => tell(key, key === 'c' ? 'a NUL \u0000 inside' : 'hello')));
    await tell('c', 'hello again');
    expect((await engine.view('parrot', 'b'))?.document).toMatchObject({ heard: ['hello'] });
    const run = await engine.view('parrot', 'c');
    expect(run?.cases).toEqual(['unwritable-parrot.told']);
    expect(run?.document).toMatchObject({ heard: ['hello again'] });
    expect((await engine.parked())[0]?.summary).toMatch(/person:ada.*could not be stored/);
    const lines = await engine.journal('parrot', 'c');
    expect(lines.find(({ entry }) => entry.kind === 'received')?.entry).toMatchObject({
      verdict: 'unexpected',
      message: { data: { words: 'a NUL \u0000 inside' } },
    });
    expect(await engine.verify('parrot', 'c')).toEqual({ intact: true });
  });

  test('so does a rule that changes what never changes', async () => {
    await engine.start({ flow: 'parrot', key: 'given', input: { name: 'Jack' }, source: 'test' });
    await tell('given', 'rename');
    const run = await engine.view('parrot', 'given');
    expect(run?.document).toMatchObject({ given: { name: 'Jack' } });
    expect(run?.cases).toEqual(['unwritable-parrot.told']);
  });

  test('a lone surrogate in a column becomes a case too', async () => {
    await engine.start({ flow: 'parrot', key: 'surrogate', input: { name: 'x' }, source: 'test' });
    await tell('surrogate', 'ok');
    await engine.deliver([
      {
        flow: 'parrot',
        key: 'surrogate',
        id: 's',
        source: 'person:ada',
        type: 'parrot.told',
        data: { words: 'half \ud800' },
      },
    ]);
    const { rows } = await own.database.pool.query(`select type from fact where subject = 'surrogate' order by seq`);
    // Written as the replacement character: UTF-8 has no lone surrogates, and the message itself is whole in the journal.
    expect(rows.map(({ type }) => type)).toEqual(['ok', 'half \ufffd']);
  });
});

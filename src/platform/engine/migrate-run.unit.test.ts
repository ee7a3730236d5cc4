import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineCapability } from '#model/kernel';
import { defineFlow, FlowRefused } from './define-flow.ts';
import { hours, minutes } from './duration.ts';
import { defineEffect, nothingToUndo, once, patiently, sendAgain } from './effect.ts';
import { deadline, defineEvent } from './event.ts';
import { when } from './flow.ts';
import { migrateRun } from './migrate-run.ts';
import type { Standing } from './migration.ts';
import type { RunState } from './run.ts';

interface Verbs {
  ring(request: null): Promise<null>;
}
const Bell = defineCapability<Verbs>('bell');
const effectNamed = (name: string) =>
  defineEffect<unknown, Verbs, null, null>({
    name,
    uses: Bell,
    verb: 'ring',
    occurs: once,
    ask: () => null,
    do: (bell, request) => bell.ring(request),
    ifUnsure: sendAgain,
    undo: nothingToUndo,
    mayOutlive: true,
    retry: patiently,
  });
const ring = effectNamed('ring');
const knock = effectNamed('knock');
const Opened = defineEvent('opened', Type.Object({}));

interface FirstDocs {
  readonly waiting: { readonly who: string };
  readonly inside: { readonly who: string; readonly since: string };
}
interface SecondDocs {
  readonly waiting: { readonly guest: string };
  readonly welcomed: { readonly guest: string; readonly since: string };
  readonly gone: { readonly guest: string };
}

const second = (from = 1, within = minutes(5)) =>
  defineFlow<SecondDocs>()({
    name: 'visit',
    version: 2,
    start: 'waiting',
    begin: (guest: string) => ({ guest }),
    states: {
      waiting: {
        means: 'Somebody is at the door.',
        run: [ring],
        within,
        on: [
          when(deadline, {}),
          when(Opened, {
            to: 'welcomed',
            apply: (doc: SecondDocs['waiting']) => ({ ...doc, since: 'now' }),
          }),
        ],
      },
      welcomed: {
        means: 'They are inside.',
        within: hours(1),
        on: [when(deadline, { to: 'gone', apply: ({ guest }: SecondDocs['welcomed']) => ({ guest }) })],
        ignore: [{ event: Opened, because: 'they are in' }],
      },
      gone: { means: 'They left.', ends: 'completed' },
    },
    ignore: [ring.done, ring.refused, ring.failed, knock.done, knock.refused, knock.failed].map((event) => ({
      event,
      because: 'it only rings',
    })),
    breaches: ({ guest }) => (guest === '' ? ['a guest has a name'] : []),
    result: () => null,
    migrates: [
      {
        from,
        state: (old: Standing<FirstDocs>) =>
          old.state === 'waiting'
            ? { state: 'waiting', document: { guest: old.document.who } }
            : { state: 'welcomed', document: { guest: old.document.who, since: old.document.since }, enter: true },
        effects: [knock],
      },
    ],
  });

const at = '2026-03-01T09:30:00.000Z';
const run: RunState = {
  key: 'ada',
  state: 'waiting',
  visit: 3,
  document: { who: 'Ada' },
  phase: 'forward',
  open: [],
  undoable: [],
  asked: [],
  children: [],
  cases: [],
  deferred: [],
};
const { table } = second();

describe('a run that is taken over', () => {
  test('stands where it stood, and is asked what it was not', () => {
    const advance = migrateRun(table, { run, from: 1, at });
    expect(advance.run).toMatchObject({ state: 'waiting', visit: 3, document: { guest: 'Ada' } });
    expect(advance.ask.map(({ key }) => key)).toEqual(['visit:ada:ring:once']);
    expect(advance.entries[0]).toEqual({ kind: 'migrated', from: 1, to: 2, state: 'waiting' });
    expect(advance.timer).toEqual({ visit: 3, within: minutes(5) });
  });

  test('is not asked again what it was, and keeps what is open', () => {
    const open = [{ name: 'ring', occurrence: 'once', key: 'visit:ada:ring:once', visit: 3 }];
    const advance = migrateRun(table, { run: { ...run, open, asked: ['ring/once'] }, from: 1, at });
    expect(advance.ask).toEqual([]);
    expect(advance.run.open).toEqual(open);
  });

  test('keeps a deadline of the same length, and gets another one', () => {
    expect(migrateRun(table, { run, from: 1, before: table, at }).timer).toBe('keep');
    const longer = second(1, hours(5)).table;
    expect(migrateRun(longer, { run, from: 1, before: table, at }).timer).toEqual({ visit: 3, within: hours(5) });
  });

  test('enters where the migration says so', () => {
    const inside = { ...run, state: 'inside', document: { who: 'Ada', since: 'noon' } };
    expect(migrateRun(table, { run: inside, from: 1, at }).run).toMatchObject({ state: 'welcomed', visit: 4 });
  });

  test('is offered again what was kept for it', () => {
    const kept = { id: 'k', source: 'door', type: 'opened', data: {}, at };
    expect(migrateRun(table, { run: { ...run, deferred: [kept] }, from: 1, at }).run.state).toBe('welcomed');
  });

  const effect = { occurrence: 'once', key: 'k', visit: 1 };
  test.each([
    ['an effect that nobody would know', { ...run, open: [{ ...effect, name: 'shout' }] }, 'does not know shout'],
    ['an undo that nobody would know', { ...run, undoable: [{ ...effect, name: 'shout' }] }, 'does not know shout'],
    ['a breach', { ...run, document: { who: '' } }, 'a guest has a name'],
    ['an end that is none', { ...run, phase: 'ended' as const }, 'not an end'],
    ['an unwinding to nowhere', { ...run, phase: 'unwinding' as const, unwindTo: 'left' }, 'taken back to left'],
  ])('stays because of %s', (_, spoilt, because) => {
    expect(() => migrateRun(table, { run: spoilt, from: 1, at })).toThrow(because);
  });

  test('may have open what only its old version asked, when the migration names it', () => {
    const open = [{ ...effect, name: 'knock' }];
    const asked = ['ring/once'];
    expect(migrateRun(table, { run: { ...run, open, asked }, from: 1, at }).run.open).toEqual(open);
  });

  test('must be of a version that is declared, and older', () => {
    expect(() => migrateRun(table, { run, from: 7, at })).toThrow('does not migrate from 7');
    expect(() => second(2)).toThrow(FlowRefused);
  });
});

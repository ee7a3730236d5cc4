import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineCapability } from '#model/kernel';
import {
  type Advance,
  begin,
  cannotUndo,
  deadline,
  defineEffect,
  defineEvent,
  defineFlow,
  type Message,
  minutes,
  once,
  patiently,
  type RunState,
  sendAgain,
  step,
  when,
} from './index.ts';

interface Doc {
  readonly log: readonly string[];
}
interface Docs {
  first: Doc;
  second: Doc;
  stopped: Doc;
  finished: Doc;
}

const Store = defineCapability<{ put(what: string): Promise<string>; take(what: string): Promise<void> }>('store');
const put = (name: string, undo: 'can' | 'cannot' = 'can') =>
  defineEffect({
    name,
    uses: Store,
    verb: 'put',
    occurs: once,
    ask: (_: Doc) => name,
    do: (store, what) => store.put(what),
    ifUnsure: sendAgain,
    undo: undo === 'can' ? (store, answer) => store.take(answer) : cannotUndo('it is sealed'),
    retry: patiently,
  });
const putA = put('put-a');
const putB = put('put-b');
const putC = put('put-c', 'cannot');
const Note = defineEvent('note', Type.Object({ text: Type.String() }));
const Stop = defineEvent('stop', Type.Object({}));
const Never = defineEvent('never', Type.Object({}));

const note = (doc: Doc, { text }: { readonly text: string }): Doc => {
  if (text === 'bad') throw new Error('a bad note');
  return { log: [...doc.log, text] };
};
const settled = (effect: typeof putA) =>
  [when<unknown, Doc, never>(effect.refused, {}), when<unknown, Doc, never>(effect.failed, {})] as const;

const flow = defineFlow<Docs>()({
  name: 'sample',
  version: 1,
  start: 'first',
  begin: (input: string): Doc => ({ log: [input] }),
  result: (doc) => doc.log.length,
  breaches: (doc) => (doc.log.includes('breach') ? ['the log holds a breach'] : []),
  states: {
    first: {
      means: 'Puts two things.',
      run: [putA, putB],
      within: minutes(1),
      on: [
        when(putA.done, { ifSettled: true, to: 'second' }),
        when(putA.done, {}),
        when(putB.done, { ifSettled: true, to: 'second' }),
        when(putB.done, {}),
        ...settled(putA),
        ...settled(putB),
        when(Stop, { unwindTo: 'stopped' }),
        when(deadline, { open: () => ({ cause: 'late', summary: 'It is late.' }) }),
      ],
      defer: [Note],
      ignore: [{ event: Never, because: 'nobody cares here' }],
    },
    second: {
      means: 'Takes notes.',
      run: [putC],
      within: minutes(1),
      on: [
        when(putC.done, {}),
        ...settled(putC),
        when(Note, {
          if: (_, { text }) => text === 'end',
          ifSettled: true,
          to: 'finished',
          tell: () => [{ type: 'sample.ended', data: 1 }],
        }),
        when(Note, { apply: note }),
        when(Stop, { unwindTo: 'stopped' }),
        when(deadline, {}),
      ],
      ignore: [{ event: Never, because: 'nobody cares here' }],
    },
    stopped: { means: 'It was stopped.', ends: 'cancelled' },
    finished: { means: 'It is over.', ends: 'completed' },
  },
});

let count = 0;
const message = (type: string, data: unknown = {}): Message => {
  count += 1;
  return { id: `m${count}`, source: 'test', type, data, at: '2026-03-02T09:00:00.000Z' };
};
const done = (name: string): Message => message(`${name}.done`, { occurrence: 'once', answer: name });
const start = (): Advance =>
  begin(flow.table, {
    key: 'K1',
    input: 'in',
    at: '2026-03-02T09:00:00.000Z',
    source: 'test',
    parent: { flow: 'house', key: 'H' },
  });
const play = (...messages: readonly Message[]): Advance =>
  messages.reduce((advance: Advance, next) => step(flow.table, advance.run, next), start());
const names = (run: RunState): readonly string[] =>
  run.open.map((effect) => `${effect.undoes ? 'undo ' : ''}${effect.name}`);

describe('a run', () => {
  test('asks its first effects under keys of business key, effect and occurrence, and sets its deadline', () => {
    const { ask, timer, entries } = start();
    expect(ask.map((asked) => asked.key)).toEqual(['sample:K1:put-a:once', 'sample:K1:put-b:once']);
    expect(timer).toEqual({ visit: 1, within: minutes(1) });
    expect(entries.map((entry) => entry.kind)).toEqual(['started', 'entered', 'asked', 'asked']);
  });

  test('leaves a state of two effects only when both are settled', () => {
    expect(play(done('put-b')).run.state).toBe('first');
    expect(play(done('put-b'), done('put-a')).run.state).toBe('second');
  });

  test('takes a second answer to a settled effect as nothing', () => {
    const once = play(done('put-a'));
    const twice = step(flow.table, once.run, done('put-a'));
    expect(twice.verdict).toBe('ignored');
    expect(twice.run).toEqual(once.run);
  });

  test('keeps what it defers and takes it, in order, after the next move', () => {
    const { run } = play(
      message('note', { text: 'one' }),
      message('note', { text: 'two' }),
      done('put-a'),
      done('put-b'),
    );
    expect(run.document).toEqual({ log: ['in', 'one', 'two'] });
    expect(run.deferred).toEqual([]);
  });

  test('refuses a kept message that breaks a rule alone: the move stands, and so do its neighbours', () => {
    const { run, openCases, ask } = play(
      message('note', { text: 'one' }),
      message('note', { text: 'bad' }),
      message('note', { text: 'two' }),
      done('put-a'),
      done('put-b'),
    );
    expect(run).toMatchObject({ state: 'second', document: { log: ['in', 'one', 'two'] }, deferred: [] });
    expect(ask.map((asked) => asked.name)).toEqual(['put-c']);
    expect(openCases).toMatchObject([{ cause: 'broken-by-note', summary: expect.stringContaining('a bad note') }]);
  });

  test('records what it ignores, with the reason', () => {
    const { verdict, entries } = play(message('never'));
    expect(verdict).toBe('ignored');
    expect(entries).toMatchObject([{ kind: 'received', because: 'nobody cares here' }]);
  });

  test('opens a case for a message that nobody expects', () => {
    const { verdict, openCases } = play(message('strange'));
    expect(verdict).toBe('unexpected');
    expect(openCases.map((opening) => opening.cause)).toEqual(['unexpected-strange']);
  });

  test('is not moved by the deadline of an earlier visit', () => {
    const { run } = play(done('put-a'), done('put-b'));
    const stale = step(flow.table, run, message('deadline', { state: 'first', visit: 1 }));
    expect(stale.verdict).toBe('ignored');
    expect(stale.openCases).toEqual([]);
    expect(play(message('deadline', { state: 'first', visit: 1 })).openCases.map((opening) => opening.cause)).toEqual([
      'late',
    ]);
  });

  test('applies nothing of a message that breaks a rule or an invariant, and names it', () => {
    for (const text of ['bad', 'breach']) {
      const { run, verdict, openCases } = play(done('put-a'), done('put-b'), message('note', { text }));
      expect(verdict).toBe('unexpected');
      expect(run.document).toEqual({ log: ['in'] });
      expect(openCases[0]?.summary).toContain(text === 'bad' ? 'a bad note' : 'the log holds a breach');
    }
  });

  test('that ends tells its parent the result, and a late message is a case', () => {
    const ended = play(done('put-a'), done('put-b'), done('put-c'), message('note', { text: 'end' }));
    expect(ended.run).toMatchObject({ phase: 'ended', ending: 'completed', state: 'finished' });
    expect(ended.timer).toBe('clear');
    expect(ended.tell).toEqual([{ type: 'sample.ended', data: 1 }]);
    expect(ended.send).toEqual([
      { to: 'parent', type: 'sample.ended', data: { key: 'K1', ending: 'completed', result: 1 } },
    ]);
    expect(
      step(flow.table, ended.run, message('note', { text: 'late' })).openCases.map((opening) => opening.cause),
    ).toEqual(['late-note']);
  });
});

test('an effect that a younger one replaced is settled without a word', () => {
  const { run, verdict, openCases } = play(message('put-a.withdrawn', { occurrence: 'once' }));
  expect(names(run)).toEqual(['put-b']);
  expect(verdict).toBe('applied');
  expect(openCases).toEqual([]);
});

describe('unwinding', () => {
  test('withdraws what is open and waits for what was sent', () => {
    const stopping = play(done('put-a'), message('stop'));
    expect(stopping.withdraw.map((effect) => effect.name)).toEqual(['put-b']);
    expect(stopping.run).toMatchObject({ phase: 'unwinding', unwindTo: 'stopped' });
    expect(stopping.ask).toEqual([]);
  });

  test('undoes an answer that came while it was awaited, and what was done before, latest first, one by one', () => {
    const answered = play(done('put-a'), message('stop'), done('put-b'));
    expect(names(answered.run)).toEqual(['undo put-b']);
    expect(answered.ask.map((asked) => asked.key)).toEqual(['sample:K1:put-b:once:undo']);
    const next = step(flow.table, answered.run, message('put-b.undone', { occurrence: 'once' }));
    expect(names(next.run)).toEqual(['undo put-a']);
    const last = step(flow.table, next.run, message('put-a.undone', { occurrence: 'once' }));
    expect(last.run).toMatchObject({ state: 'stopped', phase: 'ended', ending: 'cancelled' });
  });

  test('does not undo what was withdrawn', () => {
    const { run } = play(
      message('stop'),
      message('put-a.withdrawn', { occurrence: 'once' }),
      message('put-b.withdrawn', { occurrence: 'once' }),
    );
    expect(run.state).toBe('stopped');
  });

  test('opens a case for what cannot be undone and goes on, and waits with one for an undo that failed', () => {
    const stopping = play(done('put-a'), done('put-b'), done('put-c'), message('stop'));
    expect(stopping.openCases).toMatchObject([
      { cause: 'cannot-undo-put-c', summary: expect.stringContaining('it is sealed') },
    ]);
    expect(names(stopping.run)).toEqual(['undo put-b']);
    const fault = { kind: 'permanent', code: 'gone', message: 'it is gone' };
    const failed = step(flow.table, stopping.run, message('put-b.undo-failed', { occurrence: 'once', fault }));
    expect(failed.openCases).toMatchObject([{ cause: 'undo-failed-put-b' }]);
    expect(names(failed.run)).toEqual(['undo put-b']);
    const left = step(flow.table, failed.run, message('decide.skip', { effect: failed.run.open[0]?.key }));
    expect(left.closeCases).toMatchObject([{ cause: 'undo-failed-put-b' }]);
    expect(names(left.run)).toEqual(['undo put-a']);
  });

  test('keeps other news until it is over', () => {
    const { run } = play(message('stop'), message('note', { text: 'later' }));
    expect(run.deferred).toHaveLength(1);
  });
});

describe('a failed effect', () => {
  test('stays open, parked, and blocks what waits for it', () => {
    const fault = { kind: 'permanent', code: 'gone', message: 'it is gone' };
    const { run } = play(message('put-a.failed', { occurrence: 'once', fault }), done('put-b'));
    expect(run.state).toBe('first');
    expect(run.open).toMatchObject([{ name: 'put-a', parked: true }]);
  });

  test('does not hold up an unwinding', () => {
    const fault = { kind: 'permanent', code: 'gone', message: 'it is gone' };
    const { run } = play(
      message('put-a.failed', { occurrence: 'once', fault }),
      message('stop'),
      done('put-b'),
      message('put-b.undone', { occurrence: 'once' }),
    );
    expect(run.state).toBe('stopped');
  });
});

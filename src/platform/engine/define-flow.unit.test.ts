import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineCapability } from '#model/kernel';
import {
  deadline,
  defineEffect,
  defineEvent,
  defineFlow,
  type FlowDefinition,
  FlowRefused,
  minutes,
  nothingToUndo,
  once,
  patiently,
  per,
  sendAgain,
  when,
} from './index.ts';

interface Doc {
  readonly id: string;
}
interface Priced extends Doc {
  readonly price: string;
}
interface Docs {
  asking: Doc;
  waiting: Priced;
  ended: Doc;
}

const Oracle = defineCapability<{ ask(question: string): Promise<string> }>('oracle');
const effect = (name: string, changes: { readonly mayOutlive?: true } = {}) =>
  defineEffect({
    name,
    uses: Oracle,
    verb: 'ask',
    occurs: once,
    ask: (doc: Doc) => doc.id,
    do: (oracle, question) => oracle.ask(question),
    ifUnsure: sendAgain,
    undo: nothingToUndo,
    retry: patiently,
    ...changes,
  });
const ask = effect('ask');
const askMore = effect('ask-more');
const Told = defineEvent('told', Type.Object({ price: Type.String() }));

type Definition = FlowDefinition<Docs, string, string, 'asking'>;
type States = Definition['states'];

const failures = [when<unknown, Doc, never>(ask.refused, {}), when<unknown, Doc, never>(ask.failed, {})] as const;
const sound: States = {
  asking: {
    means: 'It asks.',
    run: [ask],
    within: minutes(1),
    on: [
      when(ask.done, { to: 'waiting', apply: (doc, { answer }) => ({ ...doc, price: answer }) }),
      ...failures,
      when(deadline, {}),
    ],
    ignore: [{ event: Told, because: 'it asks itself' }],
  },
  waiting: {
    means: 'It waits.',
    within: minutes(1),
    on: [when(Told, { to: 'ended' }), when(deadline, { to: 'ended' })],
  },
  ended: { means: 'It is over.', ends: 'completed' },
};

const define = (states: Partial<Record<keyof Docs, unknown>>, rest: Partial<Definition> = {}) =>
  defineFlow<Docs>()({
    name: 'sample',
    version: 1,
    start: 'asking',
    begin: (id: string): Doc => ({ id }),
    result: (doc) => doc.id,
    ...rest,
    states: { ...sound, ...states } as States,
  });

describe('a flow is refused', () => {
  const { asking, waiting } = sound;
  const cases: readonly [string, () => unknown, RegExp][] = [
    [
      'when nobody handles an outcome of an effect',
      () => define({ asking: { ...asking, on: [when(ask.done, { to: 'ended' }), when(deadline, {})] } }),
      /nobody handles ask\.refused/,
    ],
    [
      'when a wait has no deadline',
      () => define({ waiting: { ...waiting, within: undefined } }),
      /waiting waits without a deadline/,
    ],
    [
      'when nobody says what the deadline means',
      () => define({ waiting: { ...waiting, on: [when(Told, { to: 'ended' })] } }),
      /waiting has a deadline and no line for it/,
    ],
    [
      'when a state does not decide an event',
      () => define({ asking: { ...asking, ignore: [] } }),
      /asking does not say what told means/,
    ],
    [
      'when the last line for an event has a guard',
      () =>
        define({
          waiting: { ...waiting, on: [when(Told, { if: () => true, to: 'ended' }), when(deadline, { to: 'ended' })] },
        }),
      /the last line for told has a guard/,
    ],
    [
      'when a state can be left while an effect is unsettled',
      () =>
        define({
          asking: {
            ...asking,
            run: [ask, askMore],
            on: [
              ...('on' in asking ? asking.on : []),
              when(askMore.done, {}),
              when(askMore.refused, {}),
              when(askMore.failed, {}),
            ],
          },
        }),
      /ask\.done leaves to waiting while an effect/,
    ],
    [
      'when news can leave a state while its effect is unsettled',
      () =>
        define({
          asking: {
            ...asking,
            on: [when(Told, { to: 'ended' }), when(ask.done, {}), ...failures, when(deadline, {})],
            ignore: [],
          },
        }),
      /told leaves to ended while an effect/,
    ],
    [
      'when a state has no exit',
      () => define({ waiting: { ...waiting, on: [when(Told, {}), when(deadline, {})] } }),
      /waiting has no exit/,
    ],
    [
      'when a choice can end nowhere',
      () => define({ waiting: { means: 'x', choose: [{ if: () => false, to: 'ended' }] } }),
      /the last branch has a guard/,
    ],
    [
      'when a final state runs effects',
      () => define({ ended: { means: 'x', ends: 'completed', run: [ask] } }),
      /final state ended runs effects/,
    ],
    [
      'when a line leads nowhere',
      () => define({ waiting: { ...waiting, on: [{ event: Told, to: 'nowhere' }, when(deadline, { to: 'ended' })] } }),
      /leads to nowhere, which does not exist/,
    ],
    [
      'when a state cannot be reached',
      () => define({ asking: { ...asking, on: [when(ask.done, { to: 'ended' }), ...failures, when(deadline, {})] } }),
      /waiting cannot be reached/,
    ],
    [
      'when two effects have one name',
      () => define({ asking: { ...asking, run: [ask, effect('ask')] } }),
      /two effects are named ask/,
    ],
    [
      'when an effect may outlive its state and some state says nothing of its outcome',
      () => {
        const lasting = effect('ask', { mayOutlive: true });
        return define({ asking: { ...asking, run: [lasting] } });
      },
      /waiting does not say what ask\.done means there/,
    ],
  ];

  test.each(cases)('%s', (_, attempt, why) => {
    expect(attempt).toThrow(FlowRefused);
    expect(attempt).toThrow(why);
  });

  test('when it would discard what nobody can ask about', () => {
    const careless = { ...effect('ask'), discard: async () => undefined };
    expect(() => define({ asking: { ...sound.asking, run: [careless] } })).toThrow(
      /ask discards what it cannot ask about: say by ifUnsure/,
    );
  });

  test('with all its defects at once', () => {
    const attempt = () => define({ asking: { ...asking, ignore: [] }, waiting: { ...waiting, within: undefined } });
    expect(attempt).toThrow(/told[\s\S]*without a deadline/);
  });
});

test('a sound flow is not refused', () => {
  expect(define({}).table.effects.get('ask')).toBe(ask);
});

test('what the types refuse', () => {
  const states: States = {
    ...sound,
    asking: {
      ...sound.asking,
      within: minutes(1),
      means: 'x',
      on: [
        // @ts-expect-error the target state does not exist
        when(ask.done, { to: 'nowhere' }),
        // @ts-expect-error the document lacks what the target needs
        when(ask.done, { to: 'waiting' }),
        // @ts-expect-error the rule returns another document than the target's
        when(ask.done, { to: 'waiting', apply: (doc: Doc) => doc }),
        // @ts-expect-error the rule reads other data than the event carries
        when(Told, { apply: (doc: Doc, data: { readonly other: number }) => ({ ...doc, id: String(data.other) }) }),
      ],
    },
  };
  expect(states).toBeDefined();
});

test('occurrences may be named by the document', () => {
  const occurs = per((doc: { readonly names: readonly string[] }) => doc.names);
  expect(typeof occurs === 'object' && occurs.per({ names: ['a', 'b'] })).toEqual(['a', 'b']);
});

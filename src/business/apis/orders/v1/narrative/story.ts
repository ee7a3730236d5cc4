import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

/** What kind of thing happened. */
export const Happening = Type.Enum(['state', 'message', 'effect', 'hold', 'person', 'fact', 'case', 'run']);

export const StoryLine = Type.Object(
  {
    at: InstantText,
    run: Type.String({ description: 'Whose journal it stands in: flow and key.' }),
    what: Happening,
    who: Type.String({ description: 'Who did it: a system by its name, a person, a consumer, or crossdock.' }),
    summary: Type.String({ description: 'In a sentence.' }),
    details: Type.Unknown({ description: 'The journal entry: payloads as they were.' }),
  },
  closed,
);
export type StoryLine = Static<typeof StoryLine>;

export const EffectLine = Type.Object(
  {
    run: Type.String(),
    name: Type.String(),
    occurrence: Type.String(),
    key: Type.String({ description: 'The idempotency key that the outside system sees.' }),
    system: Type.Optional(Type.String()),
    status: Type.Enum([
      'done',
      'refused',
      'failed',
      'withdrawn',
      'safe to send',
      'under way',
      'in doubt: asking',
      'parked',
    ]),
    undoes: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type EffectLine = Static<typeof EffectLine>;

export const Saying = Type.Object(
  {
    system: Type.String({ description: 'An instance, e.g. `erp-main`.' }),
    at: InstantText,
    about: Type.String({ description: 'The effect it answered, or the type of its message.' }),
    said: Type.String({ description: 'In a sentence.' }),
    details: Type.Unknown(),
  },
  { ...closed, description: 'What a system last said of this order.' },
);
export type Saying = Static<typeof Saying>;

/** Everything that happened to an order, in order. */
export const Narrative = Type.Object(
  {
    orderNumber: Type.String(),
    state: Type.String(),
    stateMeans: Type.String(),
    story: Type.Array(StoryLine),
    effects: Type.Array(EffectLine),
    says: Type.Array(Saying),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/order-narrative/1' },
);
export type Narrative = Static<typeof Narrative>;

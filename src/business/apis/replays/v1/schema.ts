import { Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const count = (description: string) => Type.Integer({ minimum: 0, description });

export const Selection = Type.Object(
  {
    from: Type.Optional(InstantText),
    before: Type.Optional(InstantText),
    types: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 100, uniqueItems: true }),
    ),
    keys: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 1_000, uniqueItems: true }),
    ),
  },
  {
    ...closed,
    description:
      'Which facts: told from a moment on, before another, of these types, about these business keys. All narrow.',
  },
);

export const Reason = Type.String({
  minLength: 1,
  maxLength: 500,
  pattern: '\\S',
  description: 'Why, in a sentence. It stands in the audit.',
  examples: ['the news of Tuesday were lost'],
});

export const ReplayId = Type.String({
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: 'The replay, as its plan names it.',
});

export const ReplayPath = Type.Object({ replay: ReplayId }, closed);

/** What is shown of a replay. */
export const ReplayView = Type.Object(
  {
    id: ReplayId,
    subscriber: Type.String(),
    selection: Selection,
    reason: Type.String(),
    state: Type.Union([
      Type.Literal('planned'),
      Type.Literal('approved'),
      Type.Literal('running'),
      Type.Literal('paused'),
      Type.Literal('stopped'),
      Type.Literal('finished'),
    ]),
    perSecond: Type.Integer({ minimum: 1 }),
    plannedBy: Type.String(),
    plannedAt: InstantText,
    approvedBy: Type.Optional(Type.String()),
    approvedAt: Type.Optional(InstantText),
    startedBy: Type.Optional(Type.String()),
    foreseen: Type.Object(
      {
        facts: count('Facts of the plan.'),
        nothing: count('Would change nothing: taken already.'),
        something: count('Would change something: not taken yet.'),
        doubled: count('Would be done twice: the subscriber does not know them again.'),
      },
      closed,
    ),
    oldest: Type.Optional(InstantText),
    newest: Type.Optional(InstantText),
    told: count('Facts told so far.'),
    changed: count('Those of them that changed something.'),
    surprise: Type.Optional(Type.String({ description: 'Why it stopped.' })),
    updatedAt: InstantText,
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/replay/1' },
);

export const ReplayList = Type.Object({ replays: Type.Array(ReplayView) }, closed);

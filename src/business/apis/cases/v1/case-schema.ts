import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';
import { CaseId, Worth } from './members.ts';

const optional = Type.Optional;

const Action = Type.Object(
  {
    action: Type.String(),
    allowed: Type.Boolean(),
    because: optional(Type.String({ description: 'Why it may not be done now.' })),
  },
  closed,
);

const Effect = Type.Object(
  {
    key: Type.String({ description: 'Its idempotency key, as the outside system sees it; as it was before any edit.' }),
    name: optional(Type.String()),
    standing: Type.String({
      description: '`safe to send`, `under way`, `in doubt: asking`, `in doubt: nobody knows`, `done`.',
    }),
    undoes: Type.Boolean(),
  },
  closed,
);

const summary = {
  id: CaseId,
  version: Type.Integer({ description: 'Give it with every action: who acts on an older one is refused.' }),
  state: Type.String({ description: '`open` or `closed`.' }),
  group: Type.String({ description: 'What many cases of one cause have in common.' }),
  flow: Type.String(),
  key: Type.String({ description: 'The business object.' }),
  cause: Type.String(),
  summary: Type.String({ description: 'What is wrong and what to do, in a sentence.' }),
  severity: Type.String(),
  level: Type.Integer({ description: 'How often it was escalated.' }),
  openedAt: InstantText,
  ageSeconds: Type.Integer({ description: 'Until now, or until it was closed.' }),
  closedAt: optional(InstantText),
  closedBecause: optional(Type.String()),
  customer: optional(Type.String()),
  worth: optional(Worth),
  shipBy: optional(Type.String({ description: 'The cut-off of the business object.' })),
  deadlineAt: optional(InstantText),
  overdue: Type.Boolean({ description: 'Its own deadline is over.' }),
  owner: optional(Type.String()),
  instance: optional(Type.String({ description: 'The outside system that failed.' })),
  fault: optional(
    Type.Object(
      { kind: Type.String(), code: Type.String(), message: Type.String(), said: optional(Type.String()) },
      closed,
    ),
  ),
  effect: optional(Effect),
  run: optional(Type.Object({ state: Type.String(), phase: Type.String(), means: optional(Type.String()) }, closed)),
  actions: Type.Array(Action),
  links: Type.Object({ self: Type.String(), narrative: optional(Type.String()) }, closed),
};

export const CaseSummary = Type.Object(summary, closed);
export type CaseSummary = Static<typeof CaseSummary>;

const PastAct = Type.Object(
  {
    at: InstantText,
    by: Type.String(),
    action: Type.String(),
    reason: Type.String(),
    to: optional(Type.Union([Type.String(), Type.Null()])),
    difference: optional(
      Type.Array(
        Type.Object({ path: Type.String(), from: optional(Type.Unknown()), to: optional(Type.Unknown()) }, closed),
      ),
    ),
    answer: optional(Type.Unknown()),
    approvedBy: optional(Type.String({ description: 'Who allowed it, where it took two persons.' })),
    bulk: optional(Type.String()),
    verdict: optional(Type.String({ description: '`applied` or `ignored`; absent while it is not known.' })),
    because: optional(Type.String()),
  },
  closed,
);

const Letter = Type.Object(
  {
    kind: Type.String(),
    source: Type.String(),
    type: optional(Type.String()),
    receiver: optional(Type.String()),
    cause: Type.String(),
    original: Type.String(),
    attempts: Type.Integer(),
    followers: Type.Integer({ description: 'How many messages wait behind it.' }),
  },
  closed,
);

/** A case with all that is known of it. */
export const CaseDetail = Type.Object(
  {
    ...summary,
    notes: Type.Array(Type.Object({ at: InstantText, by: Type.String(), text: Type.String() }, closed)),
    acts: Type.Array(PastAct),
    message: optional(Letter),
    request: optional(Type.Unknown({ description: 'What was asked last: what edit-and-retry begins with.' })),
    requestSchema: optional(Type.Unknown({ description: 'JSON Schema that an edited request must fit.' })),
    answerSchema: optional(Type.Unknown({ description: 'JSON Schema that an answer by hand must fit.' })),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/case/1' },
);
export type CaseDetail = Static<typeof CaseDetail>;

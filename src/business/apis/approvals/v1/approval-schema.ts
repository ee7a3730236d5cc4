import { type Static, Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';

const optional = Type.Optional;

/** An act that moves money or goods again: one person asks for it, another allows it, and only then it is done. */
export const Approval = Type.Object(
  {
    id: Type.String(),
    what: Type.String({
      description: 'The act, e.g. `case.compensate`, `case.answer`, `bulk.retry`, `order.release-again`.',
    }),
    target: Type.String({ description: 'What it is done to, e.g. `case:<id>`.' }),
    summary: Type.String({ description: 'What will be done, in a sentence, with its worth.' }),
    worth: optional(Type.Object({ amount: Type.String(), currency: Type.String() }, closed)),
    askedBy: Type.String(),
    askedAt: InstantText,
    reason: Type.String(),
    request: optional(Type.Unknown({ description: 'What will be done, whole.' })),
    state: Type.Unsafe<'pending' | 'approved' | 'refused' | 'withdrawn' | 'expired'>({
      type: 'string',
      enum: ['pending', 'approved', 'refused', 'withdrawn', 'expired'],
    }),
    decidedBy: optional(Type.String()),
    decidedAt: optional(InstantText),
    because: optional(Type.String()),
    outcome: optional(Type.String({ description: 'What came of it once it was approved.' })),
    endsAt: InstantText,
    mayDecide: Type.Boolean({ description: 'Whether the caller may approve or refuse it.' }),
  },
  closed,
);
export type Approval = Static<typeof Approval>;

export const Approvals = Type.Object(
  { approvals: Type.Array(Approval), next: optional(Type.String()) },
  { ...closed, $id: 'https://crossdock.dev/schemas/approvals/1' },
);

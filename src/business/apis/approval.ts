import { type Static, Type } from 'typebox';
import { CurrencyCode, closed, DecimalText, InstantText } from '#model/canonical';
import type { Approval as PlatformApproval } from '#platform/approvals';

const optional = Type.Optional;

/** An act that moves money or goods again: one person asks for it, another allows it, and only then it is done. */
export const Approval = Type.Object(
  {
    id: Type.String(),
    what: Type.String({
      description:
        'The act, e.g. `case.compensate`, `case.answer`, `bulk.retry`, `order.release-again`, `replay.start`.',
    }),
    target: Type.String({ description: 'What it is done to, e.g. `case:<id>`.' }),
    summary: Type.String({ description: 'What will be done, in a sentence, with its worth.' }),
    worth: optional(Type.Object({ amount: DecimalText, currency: CurrencyCode }, closed)),
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
    endsAt: optional(InstantText),
    mayDecide: Type.Boolean({ description: 'Whether the caller may approve or refuse it.' }),
  },
  closed,
);
export type Approval = Static<typeof Approval>;

/** Whoever looks at an approval. */
export interface Looker {
  readonly by: string;
  readonly may: (scope: string) => boolean;
}

/** Persons decide, never keys, and never who asked. */
export const mayDecide = (askedBy: string, { by, may }: Looker, scope = 'approvals:decide'): boolean =>
  by.startsWith('person:') && by !== askedBy && may(scope);

/** An approval in the API's words. */
export const approvalView = ({ sites: _, ...approval }: PlatformApproval, looker: Looker): Approval => ({
  ...approval,
  mayDecide: approval.state === 'pending' && mayDecide(approval.askedBy, looker),
});

import { type Static, Type } from 'typebox';
import { Approval } from '#business/apis';
import { closed } from '#model/canonical';

const optional = Type.Optional;

export const Approvals = Type.Object(
  { approvals: Type.Array(Approval), next: optional(Type.String()) },
  { ...closed, $id: 'https://crossdock.dev/schemas/approvals/1' },
);

export const ApprovalQuery = Type.Object(
  {
    state: optional(
      Type.Unsafe<Approval['state'] | 'decided'>({
        type: 'string',
        enum: ['pending', 'decided', 'approved', 'refused', 'withdrawn', 'expired'],
        description: '`decided`: all that are not pending any more. Absent: all.',
      }),
    ),
    after: optional(Type.String({ maxLength: 300, description: '`next` of the page before.' })),
    limit: optional(
      Type.String({ pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$', description: 'How many at most, 1 to 200.' }),
    ),
  },
  closed,
);
export type ApprovalQuery = Static<typeof ApprovalQuery>;

export const ApprovalPath = Type.Object(
  {
    id: Type.String({
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
      description: 'The approval, by its id.',
    }),
  },
  closed,
);

/** Why somebody decided so; stands in the audit for ever. */
export const Decision = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Why, in a sentence.' }) },
  closed,
);

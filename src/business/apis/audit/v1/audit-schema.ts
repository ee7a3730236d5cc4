import { type Static, Type } from 'typebox';
import { closed, Identifier, InstantText } from '#model/canonical';

const optional = Type.Optional;

/** An act of a person or a caller. */
export const AuditLine = Type.Object(
  {
    target: Type.String({ description: 'What was acted on, e.g. `case:<id>`, `lane:erp`, `person:olga`.' }),
    seq: Type.Integer({ description: 'Counts the entries of one target.' }),
    at: InstantText,
    by: Type.String({ description: '`person:<user name>`, `api:<consumer>` or `engine`.' }),
    action: Type.String(),
    details: Type.Record(Type.String(), Type.Unknown()),
    hash: Type.String({ description: 'Hex; chained over the entry before it of the same target.' }),
  },
  closed,
);
export type AuditLine = Static<typeof AuditLine>;

export const AuditQuery = Type.Object(
  {
    by: optional(Identifier('Who.', 100)),
    action: optional(Identifier('What was done.', 60)),
    target: optional(
      Identifier('What it was done to, e.g. `lane:erp`; or all of a kind, with its colon: `lane:`.', 200),
    ),
    from: optional(InstantText),
    to: optional(InstantText),
    after: optional(Type.String({ maxLength: 1_000, description: '`next` of the page before.' })),
    limit: optional(Type.String({ pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$' })),
  },
  closed,
);

export const AuditPage = Type.Object(
  { entries: Type.Array(AuditLine, { description: 'Newest first.' }), next: optional(Type.String()) },
  { ...closed, $id: 'https://crossdock.dev/schemas/audit-page/1' },
);

export const AuditVerification = Type.Object(
  {
    of: Type.Unsafe<'acts' | 'journals'>({
      type: 'string',
      enum: ['acts', 'journals'],
      description:
        '`acts`: what people and callers did. `journals`: what happened to runs; of all of them it takes minutes.',
      examples: ['acts'],
    }),
    target: optional(
      Identifier('One chain alone: a target of acts, or the journal `<flow>/<key>`; absent: all of them.', 200),
    ),
  },
  closed,
);

export const AuditVerdict = Type.Object(
  {
    verified: Type.Boolean(),
    entries: Type.Integer(),
    firstBad: optional(Type.Object({ target: Type.String(), seq: Type.Integer(), because: Type.String() }, closed)),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/audit-verdict/1' },
);

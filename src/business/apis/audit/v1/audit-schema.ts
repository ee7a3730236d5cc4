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
    target: optional(Identifier('What it was done to, or the beginning of it, e.g. `lane:`.', 200)),
    from: optional(InstantText),
    to: optional(InstantText),
    after: optional(Type.String({ maxLength: 400, description: '`next` of the page before.' })),
    limit: optional(Type.String({ pattern: '^([1-9][0-9]?|1[0-9][0-9]|200)$' })),
  },
  closed,
);

export const AuditPage = Type.Object(
  { entries: Type.Array(AuditLine, { description: 'Newest first.' }), next: optional(Type.String()) },
  { ...closed, $id: 'https://crossdock.dev/schemas/audit-page/1' },
);

export const AuditVerdict = Type.Object(
  {
    verified: Type.Boolean(),
    entries: Type.Integer(),
    firstBad: optional(Type.Object({ target: Type.String(), seq: Type.Integer(), because: Type.String() }, closed)),
  },
  { ...closed, $id: 'https://crossdock.dev/schemas/audit-verdict/1' },
);

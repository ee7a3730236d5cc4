import { Type } from 'typebox';
import { closed, Identifier, InstantText } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import { readCursor, writeCursor } from './cursor.ts';
import { CaseId, GroupName, PageSize, Worth } from './members.ts';
import type { CasesNeeds } from './needs.ts';

const optional = Type.Optional;

const Group = Type.Object(
  {
    group: Type.String({ description: 'Its name: act on all its cases by it.' }),
    flow: Type.String(),
    cause: Type.String(),
    instance: optional(Type.String()),
    severity: Type.String(),
    count: Type.Integer(),
    unowned: Type.Integer(),
    overdue: Type.Integer(),
    worth: Type.Array(Worth, { description: 'At risk, for each currency by itself.' }),
    oldest: InstantText,
    nextShipBy: optional(Type.String()),
    owners: Type.Array(Type.Object({ owner: Type.String(), count: Type.Integer() }, closed)),
    sample: Type.Object(
      { id: CaseId, key: Type.String(), summary: Type.String() },
      { ...closed, description: 'Its most urgent case.' },
    ),
  },
  closed,
);

const usualPage = 50;

export const listGroups = readRoute<CasesNeeds>()({
  name: 'listGroups',
  path: '/groups',
  summary: 'List open cases by cause: 412 orders, one cause',
  description: 'The largest first.',
  access: { scope: 'cases:read' },
  query: Type.Object(
    {
      flow: optional(Identifier('The flow.')),
      cause: optional(Identifier('The cause.', 100)),
      instance: optional(Identifier('The outside system.')),
      group: optional(GroupName),
      after: optional(Type.String({ maxLength: 400, description: '`next` of the page before.' })),
      limit: optional(PageSize),
    },
    closed,
  ),
  answers: { ok: Type.Object({ groups: Type.Array(Group), next: optional(Type.String()) }, closed) },
  problems: [],
  handle: async ({ query, sites }, { cases }) => {
    const { after, limit, ...filter } = query;
    const read = after === undefined ? undefined : readCursor(after, [/^\d{1,9}$/, /^[^\0]{1,200}$/]);
    if (read?.ok === false) {
      return { problem: 'invalid-request', detail: read.failures[0]?.message ?? '', errors: read.failures };
    }
    const [count = '', group = ''] = read?.value ?? [];
    const size = limit === undefined ? usualPage : Number(limit);
    const found = await cases.groups({
      ...filter,
      ...(sites === undefined ? {} : { sites }),
      ...(read === undefined ? {} : { after: { count: Number(count), group } }),
      limit: size + 1,
    });
    const page = found.slice(0, size);
    const last = page.at(-1);
    const next =
      found.length > size && last !== undefined ? { next: writeCursor([String(last.count), last.group]) } : {};
    const groups = page.map(({ nextDueBy, ...rest }) => ({
      ...rest,
      worth: [...rest.worth],
      owners: [...rest.owners],
      ...(nextDueBy === undefined ? {} : { nextShipBy: nextDueBy }),
    }));
    return { outcome: 'ok', body: { groups, ...next } };
  },
});

import { Type } from 'typebox';
import { closed, InstantText } from '#model/canonical';
import type { AuditEntry } from '#platform/audit';
import { readRoute } from '#platform/gateway';
import { noSuchBulk } from './bulk-status-routes.ts';
import { BulkId } from './members.ts';
import type { CasesNeeds } from './needs.ts';
import { isBulkSeen, isCaseSeen } from './seen.ts';
import { CasePath, noSuchCase } from './show-case.ts';

const Entries = Type.Object(
  {
    entries: Type.Array(
      Type.Object(
        {
          seq: Type.Integer(),
          at: InstantText,
          by: Type.String(),
          action: Type.String(),
          details: Type.Record(Type.String(), Type.Unknown()),
        },
        closed,
      ),
    ),
  },
  closed,
);

const told = (entries: readonly AuditEntry[]) => ({
  entries: entries.map(({ seq, at, by, action, details }) => ({ seq, at, by, action, details: { ...details } })),
});

export const auditCase = readRoute<CasesNeeds>()({
  name: 'auditCase',
  path: '/cases/{case}/audit',
  summary: 'Everything that people and callers did about a case, oldest first',
  access: { scope: 'cases:read' },
  params: CasePath,
  answers: { ok: Entries },
  problems: [],
  handle: async ({ params, sites }, { audit, cases }) =>
    (await isCaseSeen(cases, params.case, sites))
      ? { outcome: 'ok', body: told(await audit(`case:${params.case}`)) }
      : noSuchCase(params.case),
});

export const auditBulk = readRoute<CasesNeeds>()({
  name: 'auditBulk',
  path: '/bulk-actions/{bulk}/audit',
  summary: 'Who began a bulk, and how it ended',
  access: { scope: 'cases:read' },
  params: Type.Object({ bulk: BulkId }, closed),
  answers: { ok: Entries },
  problems: [],
  handle: async ({ params, sites }, { audit, bulks }) => {
    const bulk = sites === undefined ? undefined : await bulks.show(params.bulk);
    if (sites !== undefined && (bulk === undefined || !isBulkSeen(bulk, sites))) return noSuchBulk(params.bulk);
    return { outcome: 'ok', body: told(await audit(`bulk:${params.bulk}`)) };
  },
});

import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import { CaseDetail } from './case-schema.ts';
import { caseDetail } from './case-view.ts';
import { CaseId } from './members.ts';
import type { CasesNeeds } from './needs.ts';
import { isCaseSeen } from './seen.ts';

export const CasePath = Type.Object({ case: CaseId }, closed);

/** What is answered for a case that is not there. */
export const noSuchCase = (id: string) => ({ problem: 'not-found', detail: `There is no case ${id}.` });

export const showCase = readRoute<CasesNeeds>()({
  name: 'showCase',
  path: '/cases/{case}',
  summary: 'Show a case: what happened, what is at risk, what was done and what may be done',
  access: { scope: 'cases:read' },
  params: CasePath,
  answers: { ok: CaseDetail },
  problems: [],
  handle: async ({ params, now, sites }, { cases }) => {
    const detail = (await isCaseSeen(cases, params.case, sites)) ? await cases.show(params.case) : undefined;
    return detail === undefined ? noSuchCase(params.case) : { outcome: 'ok', body: caseDetail(detail, now) };
  },
});

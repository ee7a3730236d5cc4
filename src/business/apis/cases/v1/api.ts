import { defineApi } from '#platform/gateway';
import { auditBulk, auditCase } from './audit-routes.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { listBulks, showBulk, stopBulk } from './bulk-status-routes.ts';
import { caseActionRoutes } from './case-action-routes.ts';
import { listCases } from './list-cases.ts';
import { listGroups } from './list-groups.ts';
import type { CasesNeeds } from './needs.ts';
import { showCase } from './show-case.ts';

/** The cases product, version 1: contract and policy. Scopes: `cases:read`, `cases:work`, `cases:messages`, `cases:decide`. */
export const casesV1 = defineApi<CasesNeeds>({
  product: 'cases',
  version: 'v1',
  title: 'Cases',
  description:
    'What needs a person: one case for each business object and cause, in groups of one cause. See what is at risk and what may be ' +
    'done, and do it, one by one or for a whole group. Everything that is done stands in the audit.',
  owner: 'operations',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 500, seconds: 10 },
  problems: {
    'case-changed': { kind: 'conflict', title: 'The case changed since it was looked at' },
    'action-not-allowed': { kind: 'conflict', title: 'The case does not allow this now' },
    'group-grew': { kind: 'conflict', title: 'The group has more cases than were seen' },
    'bulk-not-running': { kind: 'conflict', title: 'The bulk does not run' },
  },
  routes: [
    listCases,
    listGroups,
    showCase,
    auditCase,
    ...caseActionRoutes,
    ...bulkRoutes,
    listBulks,
    showBulk,
    auditBulk,
    stopBulk,
  ],
});

import { defineApi } from '#platform/gateway';
import { approveApproval, refuseApproval, withdrawApproval } from './decide-approval.ts';
import type { ApprovalsNeeds } from './needs.ts';
import { listApprovals, showApproval } from './show-approvals.ts';

/** The approvals product, version 1: contract and policy. Scopes: `approvals:read`, `approvals:ask`, `approvals:decide`. */
export const approvalsV1 = defineApi<ApprovalsNeeds>({
  product: 'approvals',
  version: 'v1',
  title: 'Approvals',
  description:
    'Acts that move money or goods again take two persons: one asks for it where it is done (202, with the approval), another allows ' +
    'it here, and only then it is done. After a day an approval that nobody decided is over.',
  owner: 'operations',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: {
    'already-decided': { kind: 'conflict', title: 'It is decided' },
    'same-person': { kind: 'forbidden', title: 'Who asked does not decide' },
    'not-yours': { kind: 'forbidden', title: 'Somebody else asked for it' },
    'persons-only': { kind: 'forbidden', title: 'A key cannot decide this' },
    'act-refused': { kind: 'conflict', title: 'It could not be done any more' },
  },
  routes: [listApprovals, showApproval, approveApproval, refuseApproval, withdrawApproval],
});

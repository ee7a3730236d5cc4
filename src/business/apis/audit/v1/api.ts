import { defineApi } from '#platform/gateway';
import { listEntries } from './list-entries.ts';
import type { AuditNeeds } from './needs.ts';
import { verifyEntries } from './verify.ts';

/** The audit product, version 1: contract and policy. Scopes: `audit:read`, `audit:verify`. */
export const auditV1 = defineApi<AuditNeeds>({
  product: 'audit',
  version: 'v1',
  title: 'Audit',
  description:
    'What people and callers did, by whom, when and why, in chains that show when an entry was changed or taken out.',
  owner: 'platform team',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: {
    'verification-under-way': { kind: 'conflict', title: 'Other chains are being verified' },
    'not-of-some-warehouses': { kind: 'forbidden', title: 'This takes the sight of all warehouses' },
  },
  routes: [listEntries, verifyEntries],
});

import { writeRoute } from '#platform/gateway';
import { AuditVerdict, AuditVerification } from './audit-schema.ts';
import type { AuditNeeds } from './needs.ts';
import { notOfSome } from './not-of-some.ts';

export const verifyEntries = writeRoute<AuditNeeds>()({
  name: 'verifyEntries',
  method: 'POST',
  path: '/verifications',
  summary: 'Walk through the chains and say whether everything is as it was written',
  description:
    'Each entry carries a hash over the one before it. The answer names the first that was changed or taken out. Nothing is changed, ' +
    'and asking again walks again.',
  access: { scope: 'audit:verify' },
  body: AuditVerification,
  remembers: 'gateway',
  answers: { ok: AuditVerdict },
  problems: ['verification-under-way', 'not-of-some-warehouses'],
  handle: async ({ body, sites }, { auditBook }) => {
    if (sites !== undefined) return notOfSome;
    const verified = await auditBook.verify(body);
    if (verified === 'busy') {
      const detail = 'This node is walking through other chains: ask again when it has done.';
      return { problem: 'verification-under-way', detail, retryAfterSeconds: 5 };
    }
    return { outcome: 'ok', body: { verified: verified.firstBad === undefined, ...verified } };
  },
});

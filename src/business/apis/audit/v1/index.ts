export { auditV1 } from './api.ts';
export type { AuditNeeds, Verification, Verified } from './needs.ts';

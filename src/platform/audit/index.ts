export type { AuditAction, AuditEntry } from './entry.ts';
export { type AuditListQuery, type AuditPlace, type ListedEntry, listAudit } from './list-audit.ts';
export { auditBetween, auditOf } from './read-audit.ts';
export { type AuditStore, recordAction, recordActions } from './record-action.ts';
export { type AuditVerdict, verifyAudit } from './verify-audit.ts';

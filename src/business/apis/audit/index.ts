export { type AuditNeeds, auditV1 } from './v1/index.ts';

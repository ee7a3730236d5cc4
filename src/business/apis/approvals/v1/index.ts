export { approvalsV1 } from './api.ts';
export type { ApprovalsNeeds } from './needs.ts';

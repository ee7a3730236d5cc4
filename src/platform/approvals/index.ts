export type { Act, Approval, ApprovalState, Performed, Performer } from './approval.ts';
export {
  type ApprovalDesk,
  type ApprovalNeeds,
  type ApprovalOptions,
  type ApprovalQuery,
  createApprovalDesk,
  type Decided,
  type Verdict,
} from './approval-desk.ts';
export { type ApprovalPolicy, type Extent, needsAnother } from './policy.ts';

import type { ApprovalDesk } from '#platform/approvals';
import type { AuditEntry } from '#platform/audit';
import type { BulkDesk, CaseDesk } from '#platform/exceptions';

/** What the handlers of the cases API are given. */
export interface CasesNeeds {
  readonly cases: CaseDesk;
  readonly bulks: BulkDesk;
  /** What was done to one target, oldest first. */
  readonly audit: (target: string) => Promise<readonly AuditEntry[]>;
  /** Acts that take a second person. */
  readonly approvals: Pick<ApprovalDesk, 'isNeeded' | 'asked' | 'ask'>;
}

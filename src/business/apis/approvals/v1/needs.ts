import type { ApprovalDesk } from '#platform/approvals';
import type { ReplayDesk } from '#platform/exceptions';

/** What the handlers of the approvals API are given. */
export interface ApprovalsNeeds {
  readonly approvals: ApprovalDesk;
  /** Replays have their own rule of two persons; planned ones are shown here beside the others. */
  readonly replays: Pick<ReplayDesk, 'list' | 'find' | 'approve'>;
}

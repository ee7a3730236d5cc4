import type { AuditListQuery, AuditPlace, ListedEntry } from '#platform/audit';

/** What came of walking through the chains. */
export interface Verified {
  readonly entries: number;
  /** Absent: everything is as it was written. */
  readonly firstBad?: { readonly target: string; readonly seq: number; readonly because: string };
}

/** What is walked through: acts of people and callers, or the journals of runs. `target` is a target of acts, or `<flow>/<key>`. */
export interface Verification {
  readonly of: 'acts' | 'journals';
  readonly target?: string;
}

/** What the handlers of the audit API are given. */
export interface AuditNeeds {
  readonly auditBook: {
    list(query: AuditListQuery): Promise<{ readonly entries: readonly ListedEntry[]; readonly next?: AuditPlace }>;
    /** One at a time on a node: whoever asks for the same shares it. `busy`: another is under way. */
    verify(verification: Verification): Promise<Verified | 'busy'>;
  };
}

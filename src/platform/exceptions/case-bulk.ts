import type { Decimal, Instant } from '#model/kernel';

/** What may be done about a whole group. */
export const bulkActions = ['retry', 'assign', 'skip', 'note', 'close'] as const;
export type BulkActionName = (typeof bulkActions)[number];

export interface BulkRequest {
  readonly action: BulkActionName;
  readonly group: string;
  readonly by: string;
  readonly intent: string;
  readonly reason: string;
  /** `assign`: to whom; null: to nobody. */
  readonly to?: string | null;
  /** Refused when there are more by now than whoever asks has seen. */
  readonly atMost?: number;
  /** Only cases that are about one of these warehouses. */
  readonly sites?: readonly string[];
  /** Who allowed it, where it took two persons. */
  readonly approvedBy?: string;
}

/** What a bulk would do now. */
export interface BulkPreview {
  readonly count: number;
  /** Of them, those that it may be done to. */
  readonly allowed: number;
  /** Of the allowed ones, for each currency by itself. */
  readonly worth: readonly { readonly amount: Decimal; readonly currency: string }[];
  readonly notAllowed: readonly { readonly because: string; readonly count: number }[];
}

/** A bulk and how far it is. It goes on when the node that worked on it dies. */
export interface BulkAction {
  readonly id: string;
  readonly action: BulkActionName;
  readonly group: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  readonly to?: string | null;
  readonly state: 'running' | 'finished' | 'stopped';
  /** How many there were when it began. */
  readonly total: number;
  /** How many it has looked at; a case that closed meanwhile is not looked at. */
  readonly looked: number;
  readonly applied: number;
  /** Delivered, and did not fit any more. */
  readonly ignored: number;
  readonly refused: number;
  readonly refusals: readonly { readonly because: string; readonly count: number }[];
  readonly finishedAt?: Instant;
  /** The only warehouses whose cases it takes; absent: all. */
  readonly sites?: readonly string[];
  readonly approvedBy?: string;
}

export type BulkStarted =
  | { readonly bulk: BulkAction }
  | { readonly refused: 'absent' | 'too-many'; readonly because: string };

export interface BulkRow {
  readonly id: string;
  readonly action: BulkActionName;
  readonly group_key: string;
  readonly at: string;
  readonly by: string;
  readonly details: { readonly reason: string; readonly to?: string | null; readonly approvedBy?: string };
  readonly sites: string[] | null;
  readonly state: BulkAction['state'];
  readonly total: number;
  readonly looked: number;
  readonly applied: number;
  readonly ignored: number;
  readonly refused: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly finished_at: string | null;
}

/** Reasons with their counts, the most frequent first. */
export const reasons = (counts: Iterable<readonly [string, number]>): BulkAction['refusals'] =>
  [...counts].map(([because, count]) => ({ because, count })).toSorted((one, other) => other.count - one.count);

/** A row as a bulk. */
export const bulkOf = ({
  group_key: group,
  details,
  refusals,
  finished_at: finishedAt,
  sites,
  ...row
}: BulkRow): BulkAction => ({
  ...row,
  group,
  ...details,
  refusals: reasons(Object.entries(refusals)),
  ...(finishedAt === null ? {} : { finishedAt }),
  ...(sites === null ? {} : { sites }),
});

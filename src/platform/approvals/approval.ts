import type { Decimal, Instant, Json } from '#model/kernel';

/** Somebody wants something done that moves money or goods again. */
export interface Act {
  /** Kind of act, e.g. `case.compensate`: whoever does such acts is registered under it. */
  readonly what: string;
  /** What it is done to, e.g. `case:<id>`. */
  readonly target: string;
  /** What will be done, in a sentence. */
  readonly summary: string;
  readonly worth?: { readonly amount: Decimal; readonly currency: string };
  /** The warehouses that it is about; absent: not known, and shown to nobody who is restricted to some. */
  readonly sites?: readonly string[];
  readonly by: string;
  readonly reason: string;
  /** All that is needed to do it. */
  readonly request: Json;
  /** Whoever's own name for this intent: the same again is the same approval. */
  readonly intent: string;
}

/** `pending` → `approved`, `refused`, `withdrawn` or, when nobody decided in time, `expired`. */
export type ApprovalState = 'pending' | 'approved' | 'refused' | 'withdrawn' | 'expired';

/** An act that waits for a second person, or did. */
export interface Approval {
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly summary: string;
  readonly worth?: { readonly amount: Decimal; readonly currency: string };
  readonly sites?: readonly string[];
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly reason: string;
  readonly request: Json;
  readonly state: ApprovalState;
  readonly decidedBy?: string;
  readonly decidedAt?: Instant;
  readonly because?: string;
  /** What came of it once it was approved; absent until it was done. */
  readonly outcome?: string;
  readonly endsAt: Instant;
}

/** What came of doing an approved act. Not done: it did not fit any more, and changed nothing. */
export type Performed = { readonly done: boolean; readonly outcome: string };

/** Does acts of one kind. The same approval again must do nothing twice: a node may die over it. Throws what passes by. */
export type Performer = (approval: Approval & { readonly decidedBy: string }) => Promise<Performed>;

export interface ApprovalRow {
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly summary: string;
  readonly worth: string | null;
  readonly currency: string | null;
  readonly sites: string[] | null;
  readonly asked_by: string;
  readonly asked_at: string;
  readonly reason: string;
  readonly request: Json;
  readonly state: ApprovalState;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
  readonly because: string | null;
  readonly outcome: string | null;
  readonly ends_at: string;
}

const present = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> =>
  value === null ? {} : ({ [name]: value } as Record<Name, string>);

export const approvalOf = (row: ApprovalRow): Approval => ({
  id: row.id,
  what: row.what,
  target: row.target,
  summary: row.summary,
  ...(row.worth === null || row.currency === null
    ? {}
    : { worth: { amount: row.worth as Decimal, currency: row.currency } }),
  ...(row.sites === null ? {} : { sites: row.sites }),
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  reason: row.reason,
  request: row.request,
  state: row.state,
  ...present('decidedBy', row.decided_by),
  ...present('decidedAt', row.decided_at),
  ...present('because', row.because),
  ...present('outcome', row.outcome),
  endsAt: row.ends_at,
});

/** What the audit calls an approval. */
export const approvalTarget = (id: string): string => `approval:${id}`;

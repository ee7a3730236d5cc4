/** How a run may end. */
export type Ending = 'completed' | 'cancelled' | 'compensated' | 'rejected';

/** A fact told to the world when a rule is taken: an event type with its data. */
export interface Fact {
  readonly type: string;
  readonly data: unknown;
}

/** A message to another run, committed with the advance that sends it. `parent` is the run that started this one. */
export interface Outgoing {
  readonly to: { readonly flow: string; readonly key: string } | 'parent';
  readonly type: string;
  readonly data: unknown;
}

/** A child run to start. The key is its business key; starting one that exists changes nothing. */
export interface ChildStart {
  readonly flow: string;
  readonly key: string;
  readonly input: unknown;
}

/** Something a person must see: one case per run and cause, closed by name when the cause is gone. */
export interface CaseOpening {
  /** Kebab-case, e.g. `warehouse-silent`. */
  readonly cause: string;
  /** One sentence for the operator, with what to do. */
  readonly summary: string;
}

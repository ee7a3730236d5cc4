import type { Decimal } from '#model/kernel';

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
  /** What many such cases have in common beside flow and cause, e.g. a kind of hold. Of a fault it is worked out. */
  readonly group?: string;
  /** `warning`: nothing is wrong yet. Default `problem`. */
  readonly severity?: 'warning' | 'problem';
}

/** What a run is about, as far as it makes one case more urgent than another. */
export interface CaseSubject {
  /** With whom, e.g. the customer's number. */
  readonly party?: string;
  /** How much of it is at risk. */
  readonly worth?: { readonly amount: Decimal; readonly currency: string };
  /** By when it must be right, e.g. the ship-by date; ISO. */
  readonly dueBy?: string;
}

/**
 * A message that went wrong and waits for a person.
 * `dead-letter`: a subscriber could not take a fact, after all its attempts; later facts of the key wait behind it.
 * `quarantined`: the door refused it. `waiting`: it is for a run that is not there, for too long.
 * `spoilt-start`: a run that another one wanted to start could not begin.
 */
export type LetterKind = 'dead-letter' | 'quarantined' | 'waiting' | 'spoilt-start';

export interface LetterFailure {
  readonly code: string;
  /** JSON pointer into what was edited, or into the original. */
  readonly path: string;
  readonly message: string;
}

export interface Letter {
  /** The id of its case. */
  readonly id: string;
  readonly kind: LetterKind;
  /** Who sent it: an instance, or a flow. */
  readonly source: string;
  /** The event's type; absent where it could not even be read. */
  readonly type?: string;
  /** The business key that waits because of it. */
  readonly key: string;
  /** Who could not take it: a subscriber, or a flow. Absent for what the door refused. */
  readonly receiver?: string;
  /** What went wrong, in a sentence. */
  readonly cause: string;
  /** As it stands now: JSON that may be edited and sent again, or the wire's text where nothing could be read. */
  readonly original: string;
  /** What an edited one must be, as JSON Schema; absent where nobody declared it. */
  readonly schema?: object;
  readonly attempts: number;
  /** The version of the handler or of the flow that failed. */
  readonly version?: string;
  /** How many wait behind it, in order. */
  readonly followers: number;
  readonly openedAt: string;
}

/**
 * `done`: decided and durable; the letter is tried again within moments, or is gone. Not done:
 * `not-open`: there is no such letter, or somebody has decided already (twice at once is once).
 * `not-editable`: it cannot be edited. `not-possible`: this decision does not fit its kind; `because` says what does.
 * `invalid`: what was edited, or what it is tried with again, is refused; `failures` says all that is wrong.
 */
export type LetterOutcome =
  | { readonly done: true }
  | {
      readonly done: false;
      readonly code: 'not-open' | 'not-editable' | 'not-possible' | 'invalid';
      readonly because: string;
      readonly failures?: readonly LetterFailure[];
    };

/**
 * What may be done about letters. `by`: `person:jane` or `api:shop`. Every decision stands in the audit of
 * `case:<id>` with its reason and the difference, written in the transaction that does it. `intent` names the act: given a second time it
 * throws `DecidedBefore` and changes nothing.
 */
export interface LetterDesk {
  /** By the id of its case; undefined when that case is not about a letter of this desk or is closed. */
  find(id: string): Promise<Letter | undefined>;
  /** Open ones, oldest first; at most `limit`, default 100. */
  list(limit?: number): Promise<readonly Letter[]>;
  /** Tries it again as it is. */
  retry(id: string, by: string, reason: string, intent?: string): Promise<LetterOutcome>;
  /** Tries it again as `edited`: the `original` with changes, checked against the schema where there is one; the difference is kept. */
  editAndRetry(id: string, edited: string, by: string, reason: string, intent?: string): Promise<LetterOutcome>;
  /** Gives it up; what waits behind it goes on. */
  skip(id: string, by: string, reason: string, intent?: string): Promise<LetterOutcome>;
}

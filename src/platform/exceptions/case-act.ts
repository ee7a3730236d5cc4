import type { Difference } from '#platform/engine';
import type { CaseActionName } from './case-action-names.ts';

/** What somebody wants to be done about a case. */
export interface CaseAct {
  readonly action: CaseActionName;
  /** `person:<name>` or `api:<consumer>`. */
  readonly by: string;
  /** Whoever's own name for this intent: the same again does nothing twice. */
  readonly intent: string;
  /** The version of the case on which it was decided. */
  readonly version: number;
  /** Why; for a note its text. */
  readonly reason: string;
  /** `edit-and-retry`: the whole request as it shall be, or the letter. */
  readonly request?: unknown;
  /** `answer`: what came of it. */
  readonly answer?: unknown;
  /** `assign`: to whom; null: to nobody. `escalate`: absent leaves it with its owner. */
  readonly to?: string | null;
  /** Who allowed it, where it took two persons. */
  readonly approvedBy?: string;
}

/** Something that is wrong with an act: a JSON pointer into `request` or `answer`, and what to do. */
export interface ActFailure {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** What became of an act. `ignored`: by the time it arrived it did not fit any more, and changed nothing. */
export type Performed =
  | { readonly verdict: 'applied' }
  | { readonly verdict: 'ignored'; readonly because: string; readonly failures?: readonly ActFailure[] };

/**
 * `absent`: there is no such case. `stale`: it changed since it was looked at. `not-allowed`: it does not allow this now.
 * `invalid`: what was edited or answered is not what the effect takes.
 */
export type Refused = {
  readonly refused: 'absent' | 'stale' | 'not-allowed' | 'invalid';
  readonly because: string;
  readonly failures?: readonly ActFailure[];
};

export type Acted = Performed | Refused;

export const isRefused = (acted: Acted): acted is Refused => 'refused' in acted;

/** What is told of an act. */
export interface ActDetails {
  readonly reason: string;
  readonly difference?: readonly Difference[];
  readonly answer?: unknown;
  readonly to?: string | null;
  readonly approvedBy?: string;
}

/** What is kept of an act: enough to do it again. */
export interface KeptDetails extends ActDetails {
  readonly request?: unknown;
}

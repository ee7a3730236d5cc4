/**
 * - `lost`: acknowledged, and something that belongs to it is not there.
 * - `doubled`: something is there twice, or more than belongs there.
 * - `wrong`: it is there, and is not as it should be.
 */
export type DifferenceKind = 'lost' | 'doubled' | 'wrong';

/** One way in which the day did not go as foreseen. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Of the plan. */
  readonly id: string;
  readonly orderNumber?: string;
  readonly purchaseOrder?: string;
  /** In a sentence: what was expected, what is there. */
  readonly what: string;
}

/** A difference before it is known whose it is. */
export type Finding = Pick<Difference, 'kind' | 'what'>;

export const lost = (what: string): Finding => ({ kind: 'lost', what });
export const doubled = (what: string): Finding => ({ kind: 'doubled', what });
export const wrong = (what: string): Finding => ({ kind: 'wrong', what });

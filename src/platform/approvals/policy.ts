import { compare, type Decimal } from '#model/kernel';

/** Which acts take a second person. */
export interface ApprovalPolicy {
  /** 1: nobody is asked, for an installation that one person runs. */
  readonly persons: 1 | 2;
  /** Kinds of acts that are asked about. */
  readonly acts: readonly string[];
  /** `too`: what a key asks for waits for a person as well. */
  readonly keys: 'as-before' | 'too';
  /** What is done to many at once is asked about when there are more of them, or more worth, than this. */
  readonly bulkAbove: {
    readonly count: number;
    readonly worth: readonly { readonly amount: Decimal; readonly currency: string }[];
  };
}

/** How much an act does at once. */
export interface Extent {
  readonly count: number;
  readonly worth: readonly { readonly amount: Decimal; readonly currency: string }[];
}

const isPerson = (by: string): boolean => by.startsWith('person:');

/** Does this act of this caller wait for another person? `extent`: of an act on many; absent for one on one. */
export function needsAnother(policy: ApprovalPolicy, what: string, by: string, extent?: Extent): boolean {
  const { persons, acts, keys, bulkAbove } = policy;
  if (persons === 1 || !acts.includes(what) || (keys === 'as-before' && !isPerson(by))) return false;
  if (extent === undefined || extent.count > bulkAbove.count) return true;
  return extent.worth.some(({ amount, currency }) =>
    bulkAbove.worth.some((most) => most.currency === currency && compare(amount, most.amount) > 0),
  );
}

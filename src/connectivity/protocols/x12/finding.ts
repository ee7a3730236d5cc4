/** Something wrong in an interchange. The codes are ours; `acknowledgement.ts` says them in X12's. */
export interface Finding {
  readonly code: FindingCode;
  /** One sentence that says what is wrong and what was expected. */
  readonly message: string;
  /** The segment's name, e.g. `W12`. */
  readonly segment?: string;
  /** Of a finding in a set: the segment's place, ST being 1. Else: its place in the interchange, ISA being 1. */
  readonly position?: number;
  /** The element's place in its segment, from 1. */
  readonly element?: number;
  /** The offending value, cut to 99 characters. */
  readonly value?: string;
}

export type FindingCode =
  // What is no interchange, or not a whole one.
  | 'not-x12'
  | 'bad-encoding'
  | 'malformed-isa'
  | 'missing-envelope'
  | 'segment-too-long'
  | 'unterminated-segment'
  | 'stray-segment'
  | 'missing-trailer'
  // Counts and control numbers, at every level.
  | 'wrong-count'
  | 'control-number-mismatch'
  | 'control-number-missing'
  | 'control-number-repeated'
  // In a set.
  | 'set-identifier-missing'
  | 'bad-segment'
  | 'too-many-segments'
  | 'too-many-elements'
  | 'control-character'
  | 'segment-missing'
  | 'element-missing'
  | 'element-too-short'
  | 'element-too-long'
  | 'element-bad-character'
  | 'element-bad-code'
  | 'element-bad-date'
  | 'element-bad-time'
  | 'set-not-supported';

/** Findings of one place, kept to a bound: a hostile file must not make a hostile list. */
export function createFindings(most = 100): { readonly list: Finding[]; add(finding: Finding): void } {
  const list: Finding[] = [];
  return {
    list,
    add: (finding) => {
      if (list.length < most) list.push(finding);
    },
  };
}

export const excerpt = (value: string): string => value.slice(0, 99);

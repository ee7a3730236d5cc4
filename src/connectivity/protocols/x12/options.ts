/** Bounds that a hostile or broken file cannot pass. */
export interface Limits {
  /** Characters of one segment. */
  readonly segmentLength: number;
  /** Elements of one segment. */
  readonly elements: number;
  /** Segments of one set. */
  readonly segments: number;
}

export interface ReadOptions {
  /**
   * Strict, the default, is for production: the envelope must be exact and every segment terminated. Tolerant reads samples as
   * people keep them: no envelope, an ISA whose blanks were lost, indented segments, no terminator at the very end.
   */
  readonly tolerant?: boolean;
  readonly limits?: Partial<Limits>;
}

export const usualLimits: Limits = { segmentLength: 65_536, elements: 200, segments: 100_000 };

import type { Comparison } from '../comparison-schema.ts';

export type Contradiction = Comparison['contradictions'][number];
export type Missing = NonNullable<Contradiction['missing']>;

/** What one judge of a property finds: its rows, and what is wrong, each thing once. */
export interface Findings<Rows> {
  readonly rows: Rows;
  readonly contradictions: readonly Contradiction[];
}

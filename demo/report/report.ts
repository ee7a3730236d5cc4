import type { Difference } from '../check/difference.ts';
import type { Dirt } from '../check/dirt.ts';
import type { Firings } from '../check/fired.ts';
import type { StageTimes } from './stages.ts';

/** Amounts in pounds with two places, before tax. */
export interface Value {
  readonly currency: 'GBP';
  readonly ordered: string;
  readonly shipped: string;
  readonly invoiced: string;
}

/** What `--report FILE` holds. */
export interface Report {
  readonly seed: number;
  readonly input: string;
  /** Of the project, when it runs from its repository. */
  readonly commit?: string;
  /** Everything went as foreseen, and enough happened for that to mean something: the exit code. */
  readonly passed: boolean;
  readonly orders: number;
  readonly accepted: number;
  readonly refused: number;
  readonly quarantined: number;
  /** Orders that ended as the oracle says, by the API's answers and by the systems' own ledgers. */
  readonly asScripted: number;
  readonly lost: number;
  readonly doubled: number;
  readonly durationSeconds: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly value: Value;
  /** Orders and worth of each outcome. */
  readonly worth: Readonly<Record<string, Value>>;
  /** Milliseconds; `acknowledged` and `whole` as the sender saw them, the others as the orders' journals have them. */
  readonly stages: Readonly<Record<string, StageTimes>>;
  readonly incidents: Firings;
  readonly dirt: Dirt;
  readonly differences: readonly Difference[];
  /** Why the run proves nothing; empty when it does. */
  readonly vacuous: readonly string[];
}

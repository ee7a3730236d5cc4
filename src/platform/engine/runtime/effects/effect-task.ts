import type { Flow } from '../../flow.ts';
import type { TableEffect } from '../../table.ts';
import type { Provider } from '../engine.ts';

/** One open effect as the node that owns it works on it. */
export interface EffectTask {
  readonly key: string;
  readonly runId: string;
  readonly flow: Flow;
  /** The run's business key. */
  readonly runKey: string;
  readonly name: string;
  readonly occurrence: string;
  readonly askedAt: string;
  readonly undoes: boolean;
  readonly effect: TableEffect;
  readonly instance: string;
  /** Absent: nobody offers it; `nobody` says why. */
  readonly provider: Provider | undefined;
  readonly nobody: string;
  readonly priority: number;
  readonly orderKey: string;
  readonly latestWins: boolean;
  /** Frozen when it was asked; for an undo the request of what is undone. */
  readonly request: unknown;
  /** For an undo: the answer of what is undone. */
  readonly answer: unknown;
  /** Counts sendings from 1. */
  attempt: number;
  /** How often its fate was asked about. */
  inquiries: number;
  /** It may have been sent; monotonic time since when, ms. */
  doubtSince: number | undefined;
  /** The run no longer wants it. */
  withdraw: boolean;
}

/** Nothing of it can be at the target. */
export const isUnsent = (task: EffectTask, isUnderWay: boolean): boolean =>
  !isUnderWay && task.doubtSince === undefined;

import type { FaultRecord } from '#model/kernel';
import type { EffectStanding } from '../needs.ts';

interface Exchange {
  /** Unique in the order: the run, and the line of its journal with which it began. */
  readonly id: string;
  readonly at: string;
  /** Flow and key. */
  readonly run: string;
  readonly system: string;
  /** The effect, or the type of the message. */
  readonly name: string;
  readonly key: string;
}

/** Where a call stands. */
export type AskingStanding =
  | 'done'
  | 'done by hand'
  | 'refused'
  | 'failed'
  | 'withdrawn'
  | 'skipped'
  | 'parked'
  | 'in doubt: nobody knows'
  | EffectStanding;

/** We asked a system something: an effect, with what came of it. */
export interface Asking extends Exchange {
  readonly direction: 'out';
  readonly occurrence: string;
  readonly capability: string;
  readonly undoes: boolean;
  readonly standing: AskingStanding;
  /** The visit of its run that asked; known while it is open. */
  readonly visit?: number;
  readonly request?: unknown;
  readonly answer?: unknown;
  readonly fault?: FaultRecord;
  readonly settledAt?: string;
}

/** A system, a caller or a person told us something. */
export interface Hearing extends Exchange {
  readonly direction: 'in';
  readonly standing: 'applied' | 'deferred' | 'ignored' | 'unexpected';
  readonly because?: string;
  readonly data: unknown;
  /** As it came, where that was kept. */
  readonly original?: string;
}

export type OrderExchange = Asking | Hearing;

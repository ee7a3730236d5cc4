import type { FaultRecord } from '#model/kernel';

/** An effect as those see it who watch: what it is, never what is asked or answered. */
export interface WatchedEffect {
  /** Its idempotency key. */
  readonly key: string;
  readonly flow: { readonly name: string };
  /** The run's business key. */
  readonly runKey: string;
  readonly name: string;
  readonly undoes: boolean;
  /** The outside system's name. */
  readonly instance: string;
  readonly effect: { readonly uses: { readonly name: string }; readonly verb: string };
  /** Counts sendings from 1. */
  readonly attempt: number;
  readonly askedAt: string;
}

/** What a call is for: the effect itself, what became of it, or taking away what it left half made. */
export type CallPurpose = 'send' | 'ask' | 'discard';

/** A call that is under way. */
export interface WatchedCall {
  /** W3C `traceparent` that travels with it. */
  readonly traceparent?: string;
  /** `fault` is absent when it was answered; `unknown`: it may have been done. */
  ended(outcome: 'answer' | 'fault' | 'unknown', fault?: FaultRecord): void;
}

/**
 * Who watches the engine, for figures and traces. Called in the turn in which it happens: it must be quick, and must not throw. What
 * it does not care for costs nothing.
 */
export interface EngineWatch {
  /** A start or a message comes in from outside for a run: answers the `traceparent` of what sends it, to be kept with it. */
  readonly entering?: (flow: string, key: string) => string | undefined;
  readonly calling?: (effect: WatchedEffect, purpose: CallPurpose) => WatchedCall | undefined;
  /** What became of an effect is written: `done`, `refused`, `failed`, `withdrawn`, `undone` or `undo-failed`. */
  readonly settled?: (effect: WatchedEffect, outcome: string, fault?: FaultRecord) => void;
  /** A batch is durable, after so many ms. */
  readonly committed?: (milliseconds: number, advances: number) => void;
}

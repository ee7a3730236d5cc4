import type { Json, RoutingFacts } from '#model/kernel';
import type { KeptEntry } from '../advanced.ts';
import type { Ending } from '../consequence.ts';
import type { OpenEffect } from '../run.ts';
import type { ChainVerdict } from './audit/audit-chain.ts';
import type { LaneDesk } from './lanes/lane-desk.ts';
import type { LaneBudget } from './lanes/lane-status.ts';

/** How a verb behaves when its answer is lost. */
export type VerbClass = 'read' | 'keyed' | 'searchable' | 'blind';

/** One instance of an outside system, seen as one capability. */
export interface Provider {
  /** The instance's name; its lane has the same. */
  readonly instance: string;
  readonly verbs: object;
  readonly lane: LaneBudget;
  verb(name: string): { readonly class: VerbClass; readonly lateCommitMs?: number };
}

/** Who does what: the routing rules, applied. Both throw when there is nobody. */
export interface Providers {
  choose(capability: string, route: RoutingFacts, at: string): Provider;
  named(instance: string, capability: string): Provider;
}

export interface StartRun {
  readonly flow: string;
  /** The business key. */
  readonly key: string;
  readonly input: unknown;
  /** Who starts it, e.g. `api:shop`. */
  readonly source: string;
  /** The first start with this scope and key wins, whatever its business key. */
  readonly claim?: { readonly scope: string; readonly key: string; readonly fingerprint: string };
}

/** `repeated`: it was started already, by the same claim with the same fingerprint (or has that key); `conflicting`: with another. */
export interface Started {
  readonly outcome: 'started' | 'repeated' | 'conflicting';
  /** The business key of the run that exists. */
  readonly key: string;
}

export interface AddressedMessage {
  readonly flow: string;
  readonly key: string;
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: unknown;
  /** The payload as it came, for the record. */
  readonly original?: string;
  /** W3C `traceparent` with which it came: kept as a link to what caused it over there. */
  readonly traceparent?: string;
}

/** A run as it stands. */
export interface RunView {
  readonly flow: string;
  readonly version: number;
  readonly key: string;
  readonly state: string;
  readonly visit: number;
  readonly phase: 'forward' | 'unwinding' | 'ended';
  readonly ending?: Ending;
  readonly document: unknown;
  readonly open: readonly OpenEffect[];
  /** Causes of its open cases. */
  readonly cases: readonly string[];
  readonly startedAt: string;
  readonly updatedAt: string;
  /** When its present deadline is over. */
  readonly dueAt?: string;
}

/** What is stored beside an entry. */
export type RecordedEntry = KeptEntry;

export interface JournalLine {
  /** Counts a run's entries from 1. */
  readonly seq: number;
  readonly at: string;
  readonly entry: RecordedEntry;
}

/** An open case: something that a person must see. */
export interface ParkedCase {
  readonly id: string;
  readonly flow: string;
  readonly key: string;
  readonly cause: string;
  readonly summary: string;
  readonly openedAt: string;
}

export interface LaneMetrics {
  readonly lane: string;
  readonly queued: number;
  readonly inFlight: number;
  /** Waiting for a retry or in doubt. */
  readonly delayed: number;
  readonly breaker: 'closed' | 'open' | 'probing';
  readonly sent: number;
  readonly failed: number;
}

export interface EngineMetrics {
  /** Runs by where they stand, as this node knows. */
  readonly runs: readonly { readonly flow: string; readonly state: string; readonly count: number }[];
  readonly lanes: readonly LaneMetrics[];
  readonly commits: {
    readonly batches: number;
    readonly advances: number;
    readonly lostRaces: number;
    readonly repeated: number;
    readonly unwritable: number;
    readonly recovered: number;
    readonly waiting: number;
  };
  readonly hotRuns: number;
  readonly timersArmed: number;
}

/** How this node is. */
export interface EngineHealth {
  readonly node: string;
  /** Another process has its name now: it does nothing any more. */
  readonly isReplaced: boolean;
  /** Without the lease it sends nothing: the database was away for too long, or it stood still. */
  readonly holdsLease: boolean;
  /** For how long nothing could be written, ms; 0 when all is well. */
  readonly stuckMs: number;
}

export interface Engine extends LaneDesk {
  /** Resolves when the run is durable. Throws on an unknown flow or a key that cannot be one, and what `begin` throws. */
  start(run: StartRun): Promise<Started>;
  /** Resolves when every message is durable. Repeated ones change nothing; those for unknown runs wait. */
  deliver(messages: readonly AddressedMessage[]): Promise<void>;
  /** Resolves with the first view that satisfies `until`, or undefined when the time is over. */
  waitFor(flow: string, key: string, until: (run: RunView) => boolean, timeoutMs: number): Promise<RunView | undefined>;
  view(flow: string, key: string): Promise<RunView | undefined>;
  /** Every entry of a run, oldest first; empty for an unknown run. */
  journal(flow: string, key: string): Promise<readonly JournalLine[]>;
  /** Whether a run's journal is as it was written. Undefined for an unknown run. */
  verify(flow: string, key: string): Promise<ChainVerdict | undefined>;
  /** Open cases, oldest first, at most `limit` (default 100). */
  parked(limit?: number): Promise<readonly ParkedCase[]>;
  /** The business key under which a start with this claim was acknowledged, in a time that the database has lost since. */
  recalled(claim: { readonly scope: string; readonly key: string }): Promise<string | undefined>;
  metrics(): EngineMetrics;
  health(): EngineHealth;
  /** Ends gracefully: what is under way is finished, what was not sent is released. */
  stop(): Promise<void>;
  /** Ends as a crash would: nothing more is written. */
  kill(): void;
}

/** Tells what happens, for people; never carries a payload. */
export type Log = (event: string, details: Readonly<Record<string, Json>>) => void;

import type { Static, TSchema } from 'typebox';
import type { Clock, Json } from '#model/kernel';
import type { Feed } from './feed.ts';

/**
 * How a verb behaves when its answer is lost.
 * - `read`: changes nothing.
 * - `keyed`: the system itself recognises our key; sending again is safe.
 * - `searchable`: it can be asked by our key before sending again.
 * - `blind`: neither; one attempt, then a person.
 */
export type EffectClass = 'read' | 'keyed' | 'searchable' | 'blind';

export interface VerbManifest {
  readonly class: EffectClass;
  /** A "not there" is believed only this long after the call began to be in doubt, in ms. Default 0. */
  readonly lateCommitMs?: number;
}

/** The installation-wide budget of one outside system. */
export interface LaneBudget {
  /** Calls under way at once. */
  readonly concurrency: number;
  /** Calls a second; absent: no limit. */
  readonly perSecond?: number;
}

/** What a system can and cannot do, as data. Flows read traits; nobody asks for the vendor. */
export interface Manifest {
  /** Per capability, per verb. */
  readonly verbs: Readonly<Record<string, Readonly<Record<string, VerbManifest>>>>;
  readonly traits: Readonly<Record<string, Json>>;
  readonly lane: LaneBudget;
}

/** What a connector is handed. It keeps nothing else: no globals, no environment. */
export interface ConnectorServices {
  /** The instance's name, e.g. `erp-main`: the source of its messages. */
  readonly instance: string;
  readonly clock: Clock;
  readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
}

/** A live connection to one instance. */
export interface Connection {
  /** Verbs by capability name. */
  readonly capabilities: Readonly<Record<string, object>>;
  readonly feeds: readonly Feed[];
  close(): Promise<void>;
}

/** One kind of system. Adding a system is adding a folder that exports one of these. */
export interface Connector<Settings extends TSchema = TSchema> {
  /** Kebab-case, as configuration names it, e.g. `tryton`. */
  readonly name: string;
  /** Closed schema of its settings. A secret's schema is `secret()`; configuration holds a reference, `connect` gets the value. */
  readonly settings: Settings;
  readonly manifest: (settings: Static<Settings>) => Manifest;
  readonly connect: (settings: Static<Settings>, services: ConnectorServices) => Connection;
}

export const defineConnector = <Settings extends TSchema>(connector: Connector<Settings>): Connector<Settings> =>
  connector;

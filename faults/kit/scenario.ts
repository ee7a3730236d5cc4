import type pg from 'pg';
import type { LedgerEntry } from '../../simulators/kit/index.ts';
import type { CrashPlan, OrdersApi } from '../../test/index.ts';
import type { ParkAllowance } from '../check/parked.ts';
import type { Told } from './alert-receiver.ts';
import type { Client, SubmitChoices } from './client.ts';
import type { OwnDatabase, RestartHow } from './database-server.ts';
import type { FaultBook } from './fault-book.ts';
import type { FaultShim } from './fault-shim.ts';
import type { NetworkLink } from './network-link.ts';
import type { FaultyNode } from './node.ts';
import type { FaultySystem, SystemName } from './outside.ts';
import type { OwnServerSetting } from './own-server.ts';
import type { SmallDisk } from './small-disk.ts';
import type { OrderLine } from './world.ts';

/** How the installation of a scenario differs from the usual one. */
export interface Setting {
  /** The engine's options that are plain values, e.g. `{ leaseMs: 1_500 }`. */
  readonly engine?: Readonly<Record<string, number>>;
  /** Connections of each node's pool. */
  readonly poolSize?: number;
  /** Nodes keep beside the database what they saw of it, as `serve` does. */
  readonly evidence?: true;
  /** Settings of the ERP's connector. */
  readonly erp?: Readonly<Record<string, unknown>>;
  /** Settings of both warehouses' connector. */
  readonly warehouses?: Readonly<Record<string, unknown>>;
  /** Settings of the CRM's connector. */
  readonly crm?: Readonly<Record<string, unknown>>;
  /** The installation's settings for messages that go wrong. */
  readonly messages?: Readonly<Record<string, unknown>>;
  /** How often each consumer may call each node. */
  readonly plan?: { readonly name: string; readonly requests: number; readonly seconds: number };
  /** Rules of alerts; what they tell comes to `stage.alerts`. */
  readonly alertRules?: readonly Readonly<Record<string, unknown>>[];
  /** More of the installation's configuration, e.g. `{ calendars, deadlines }`. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** A PostgreSQL of the scenario's own, on ground that can break. */
  readonly server?: OwnServerSetting;
  /** The clock of each node can be turned. */
  readonly nodeClocks?: true;
  /** Packets between each node and PostgreSQL can be dropped. */
  readonly networkLinks?: true;
  /** More of each node's command line, e.g. a limit of its memory. */
  readonly execArgv?: readonly string[];
}

/** How a node that died comes back: at once, or when another has taken over what it had. */
export type Revival = 'at once' | 'after lease';

/** A shipment that a person puts into a warehouse's folder instead of the warehouse. */
export interface HandReport {
  readonly orderNumber: string;
  readonly purchaseOrder: string;
  readonly shipmentNumber: string;
  readonly owed: string;
  readonly shipped: string;
  /** `CC` complete, `BP` part and the rest follows. */
  readonly status: 'CC' | 'BP';
}

/** What a scenario has in its hands: a running installation of several nodes, and everything around it that can break. */
export interface Stage {
  readonly seed: number;
  /** Numbers from 0 to 1 that repeat with the seed. */
  readonly random: () => number;
  /** A sample instead of everything. */
  readonly isShort: boolean;
  readonly leaseMs: number;
  readonly nodes: readonly FaultyNode[];
  /** By its place; throws when there are fewer. */
  node(place: number): FaultyNode;
  readonly systems: Readonly<Record<SystemName, FaultySystem>>;
  /** The ERP is a real Tryton: no dials, no scripts. */
  readonly isTryton: boolean;
  readonly client: Client;
  readonly faults: FaultBook;

  /** Submits until it is acknowledged; answers the order's number. */
  submit(lines: readonly OrderLine[], choices?: SubmitChoices): Promise<string>;
  /** So many of the same at once. */
  submitMany(
    count: number,
    lines: (place: number) => readonly OrderLine[],
    choices?: SubmitChoices,
  ): Promise<readonly string[]>;
  /** Waits until these are at an end: ended, or parked with a case. */
  atRest(orderNumbers: readonly string[], withinMs?: number): Promise<void>;
  /** Waits until the order is in one of these states. */
  reaches(orderNumber: string, states: readonly string[], withinMs?: number): Promise<void>;
  /** The public API, at any node that answers; called again when a connection was cut. */
  insist<Result>(call: (api: OrdersApi) => Promise<Result>): Promise<Result>;
  /** Polls until there is an answer. */
  eventually<Answer>(
    what: string,
    ask: () => Promise<Answer | undefined> | Answer | undefined,
    withinMs?: number,
  ): Promise<Answer>;

  /** Every node has the plan while the work is done; the first that dies of it is revived, the others live. Whether one died. */
  crash(plan: CrashPlan, work: () => Promise<unknown>, revival?: Revival): Promise<boolean>;
  /** SIGKILL, and back. */
  killNode(node: FaultyNode, revival?: Revival): Promise<void>;
  /** SIGSTOP for so long. */
  pauseNode(node: FaultyNode, milliseconds: number): Promise<void>;
  /** Answers how many connections of the installation it broke. */
  restartDatabase(how: RestartHow): Promise<number>;
  /** Ends connections to the database, `most` of them, picked at random. Answers how many. */
  terminateConnections(most: number): Promise<number>;
  /** Takes every connection that PostgreSQL still has to give; give them back with the answer. */
  exhaustConnections(): Promise<() => Promise<void>>;
  readonly ownDatabase: OwnDatabase;
  /** PostgreSQL is ended orderly while its data folder is worked on, and started again. Counts as no fault. */
  offline(work: (dataFolder: string) => Promise<void>): Promise<void>;
  /** As somebody who may see everything of the server: to watch it, never to judge by. */
  askDatabase<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;

  /** The disk of the scenario's own PostgreSQL; throws without one, as the next three do. */
  disk(): SmallDisk;
  /** What is preloaded into that PostgreSQL. */
  serverShim(): FaultShim;
  /** What is preloaded into a node. */
  nodeShim(place: number): FaultShim;
  /** The network between a node and PostgreSQL. */
  link(place: number): NetworkLink;
  /** PostgreSQL and its disk lose their power, and have it again. */
  cutPower(): Promise<void>;
  /** Starts PostgreSQL again when it has ended by itself, as a supervisor would; answers whether it had. */
  superviseDatabase(): Promise<boolean>;

  /** Turns dials of a simulated system; counts as a fault. */
  dial(system: SystemName, changes: object): Promise<void>;
  /** Scripts behaviours, each of which must fire. */
  script(system: SystemName, list: readonly object[]): Promise<void>;
  /** A report by hand, which stands among the evidence; answers the file's name. */
  reportByHand(report: HandReport): Promise<string>;
  /** Cancels an order over the API; an order that ends cancelled without it is lost. */
  cancel(orderNumber: string, reason: string): Promise<void>;
  ledger(system: SystemName): Promise<readonly LedgerEntry[]>;
  /** What the rules of the setting have told so far. */
  alerts(): readonly Told[];

  /** What must hold beyond I1 to I7; a breach fails the scenario. */
  must(what: string, holds: boolean): void;
  /** Something was done again that no node's trace shows. */
  retried(times: number): void;
  /** A figure for the report. */
  figure(name: string, value: number | string): void;
}

/** One row of the catalogue: a small file that says what breaks and what must hold. */
export interface Scenario {
  /** `S01` … */
  readonly id: string;
  /** What happens. */
  readonly title: string;
  /** What must hold beyond I1 to I7. */
  readonly holds: string;
  /** A run in which no effect was sent again or asked about proves nothing. Default true. */
  readonly mustRetry?: boolean;
  /** Orders that may wait for a person in the end: why, and how many. Default: none. */
  readonly mayPark?: ParkAllowance;
  /** Why no order is completed; without it a run that completes none proves nothing. */
  readonly completesNothing?: string;
  /** Also with a real Tryton behind the proxy. */
  readonly withTryton?: boolean;
  /** All must be at rest so long after the drive, ms. Default: the stage's patience. */
  readonly boundMs?: number;
  readonly setting?: Setting;
  /** Why it cannot run on this machine; undefined when it can. */
  readonly notHere?: () => string | undefined;
  drive(stage: Stage): Promise<void>;
}

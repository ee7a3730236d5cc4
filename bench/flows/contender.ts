import type { Order } from '#model/canonical';

/** Steps that bring one order from intake to invoice: intake, seven answers and the warehouse's message. */
export const advancesPerFlow = 9;

/** One way to bring an order from intake to invoice. */
export interface Contender {
  /** Resolves when the order is invoiced, and for the durable ones everything is committed. */
  run(order: Order): Promise<void>;
  /** How many steps it has taken so far; for the durable ones, commits. */
  advances(): number;
  close(): Promise<void>;
}

/** Other people's engines. */
export const peerKinds = ['dbos', 'restate', 'graphile-worker', 'pg-boss', 'medusa'] as const;
export type PeerKind = (typeof peerKinds)[number];

/** The undurable baseline, Crossdock's engine, a careful engineer's own code at a pool size, or a peer. */
export type ContenderKind = 'undurable' | 'crossdock' | 'hand-written' | PeerKind;

export interface ContenderOptions {
  readonly kind: ContenderKind;
  /** The stub server. */
  readonly origin: string;
  /** Absent for the undurable one. */
  readonly databaseUrl?: string;
  /** Connections of the hand-written one and of the peers. */
  readonly pool?: number;
  /** Where the peers are installed. */
  readonly peers?: string;
  /** Name of ours among the nodes that share its database. */
  readonly node?: string;
  /** Of its first order: nodes of one database number apart. */
  readonly firstNumber?: number;
  /** With everything on that watches: the rows of lists, figures read each second, a log, audit anchors, every order traced. */
  readonly isObserved?: boolean;
  /** Where traces of the observed one go. */
  readonly collector?: string;
  /** A node whose beat stands still so long is dead, ms. */
  readonly leaseMs?: number;
}

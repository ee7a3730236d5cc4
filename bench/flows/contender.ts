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

/** The undurable baseline, Crossdock's engine, or a careful engineer's own code at a pool size. */
export type ContenderKind = 'undurable' | 'crossdock' | 'hand-written';

export interface ContenderOptions {
  readonly kind: ContenderKind;
  /** The stub server. */
  readonly origin: string;
  /** Absent for the undurable one. */
  readonly databaseUrl?: string;
  /** Connections of the hand-written one. */
  readonly pool?: number;
}

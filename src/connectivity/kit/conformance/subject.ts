import type { Call, Clock, Inquiry } from '#model/kernel';
import type { Connection, Connector } from '../connector.ts';

/** Why a provocation has no meaning for a kind of system, e.g. `doesNotApply('files know no rate limit')`. */
export interface NotApplicable {
  readonly because: string;
}

export const doesNotApply = (because: string): NotApplicable => ({ because });

/** A question to the system: a verb of class `read`. */
export interface ReadProbe {
  /** Capability and verb, e.g. `customers.standing`. */
  readonly verb: string;
  ask(connection: Connection, call: Call): Promise<unknown>;
}

/** A verb that changes something, with one fixed request. */
export interface WriteProbe {
  readonly verb: string;
  /** Sends the request; the same `call.key` is the same intent. */
  send(connection: Connection, call: Call): Promise<unknown>;
  /** Asks whether it was done. Absent for keyed and blind verbs. */
  find?(connection: Connection, call: Call): Promise<Inquiry<unknown>>;
  /** How often the request of this probe was really done, by the system's own ledger. */
  effects(): Promise<number>;
}

/** Something happens over there `count` times; resolves with the ids that the feed's messages must have. */
export interface FeedProbe {
  readonly feed: string;
  occur(count: number): Promise<readonly string[]>;
}

/** What the system can be made to do. Each takes effect at once. */
export interface Provocations {
  /** Every credential that was given (session, token) is worthless; resolves with a count of the sign-ins from now on. */
  readonly expireCredentials: (() => Promise<() => Promise<number>>) | NotApplicable;
  /** Calls are refused with this Retry-After until `calm`. */
  readonly limitRate: ((retryAfterSeconds: number) => Promise<void>) | NotApplicable;
  /** The next call of this verb is done and its answer lost. */
  readonly loseAnswer: ((verb: string) => Promise<void>) | NotApplicable;
  /** The next call of this verb, or the next reading of this feed, is done and answered with something unreadable. */
  readonly garble: ((verb: string, how: 'html' | 'truncated') => Promise<void>) | NotApplicable;
  /** The system is away until `calm`. */
  readonly outage: (() => Promise<void>) | NotApplicable;
  /** Everything works again. */
  readonly calm: () => Promise<void>;
}

/** A fresh outside system with a connection to it: one per test. */
export interface Stage {
  readonly connection: Connection;
  readonly reads: readonly ReadProbe[];
  readonly writes: readonly WriteProbe[];
  readonly feeds: readonly FeedProbe[];
  readonly provoke: Provocations;
  /** Closes the connection and ends the system. */
  close(): Promise<void>;
}

/** A kind of system under the suite. */
export interface Subject {
  /** For the titles, e.g. `salesforce against its simulator`. */
  readonly name: string;
  readonly connector: Connector;
  /** Settings as a configuration holds them, secrets as `{ env }` references. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opens a stage; the connection is given this clock. */
  readonly open: (clock: Clock) => Promise<Stage>;
  /** How many messages the paging test lets happen; more than fit in one reading. Default 7. */
  readonly messages?: number;
}

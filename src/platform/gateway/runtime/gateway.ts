import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Clock, systemClock } from '#model/kernel';
import type { Api, Plan } from '../api.ts';
import type { PeopleDoor } from '../people-door.ts';
import type { ProveToken } from './authorize.ts';
import { serveConsole } from './console/serve-console.ts';
import { createApp } from './create-app.ts';
import type { GatewayDatabase } from './database.ts';
import { drain } from './drain.ts';
import { type HealthCheck, healthRoutes } from './health.ts';
import { createKeyCheck } from './key-check.ts';
import { refuseOtherMethods } from './other-methods.ts';
import { servePeople } from './people/serve-people.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RequestTrace } from './request-trace.ts';
import { serveApi } from './serve-api.ts';
import { watchSilentConnections } from './silent-connections.ts';
import { countStreams } from './streams/count-streams.ts';
import { createOpenStreams } from './streams/open-streams.ts';

export interface GatewayNeeds<Needs> {
  readonly apis: readonly Api<Needs>[];
  /** What the handlers are given. */
  readonly needs: Needs;
  readonly database: GatewayDatabase;
  readonly log: Logger;
  /** Proves access tokens beside keys; absent: none is taken. */
  readonly tokens?: ProveToken;
  /** Where people sign in; absent: there are keys alone. */
  readonly people?: PeopleDoor;
  /** Follows requests; absent: nobody does. */
  readonly trace?: RequestTrace | undefined;
  readonly metrics: {
    readonly registry: Registry;
    /** Brings gauges up to date before they are read. */
    readonly collect?: () => Promise<void>;
  };
}

export interface GatewayOptions {
  /** Largest body in bytes; default 1 MiB. */
  readonly bodyLimit?: number;
  /** Time for a whole request to arrive, ms; default 30 000. */
  readonly requestTimeoutMs?: number;
  /** How long a key is believed without asking again, ms; default 800, and never more. */
  readonly keyFreshMs?: number;
  /** In place of each API's own plan. */
  readonly plan?: Plan;
  /** How many keys and sessions of one address may be refused; default 50 in ten seconds. */
  readonly guesses?: Plan;
  /** What else must work for this node to be ready; the database is asked always. */
  readonly checks?: Readonly<Record<string, HealthCheck>>;
  /** Check our own answers against their schemas (in tests); default false. */
  readonly checkAnswers?: boolean;
  /** How long connections that stay open are given for one more request when the gateway closes, ms; default 0. */
  readonly drainMs?: number;
  readonly clock?: Clock;
  /** The folder of the built console; absent: none is served. */
  readonly console?: { readonly directory: string };
  /** Where browsers find the installation, e.g. `https://crossdock.example`; default: where the request says. */
  readonly publicUrl?: string;
  /**
   * Networks, as `10.20.0.0/16`, of the reverse proxies before us: who comes from there is at the address that `X-Forwarded-For` names.
   * Default: none, and the header is read of nobody.
   */
  readonly trustedProxies?: readonly string[];
  readonly streams?: StreamOptions;
  /** Refused passwords and links that one address may have; default 20 in 5 minutes. */
  readonly signInTries?: { readonly requests: number; readonly seconds: number };
}

/** How streams of events are kept. */
export interface StreamOptions {
  /** Of one caller on this node; default 20. */
  readonly perCaller?: number;
  /** Of all on this node; default 1 000. */
  readonly total?: number;
  /** Default 15 000. */
  readonly heartbeatMs?: number;
  /** How often it is asked whether a listener may still listen; default 1 000, as long as a revocation may take. */
  readonly recheckMs?: number;
  /** Events kept for a reader who does not keep up; default 100. */
  readonly mostWaiting?: number;
  /** A reader who takes nothing for so long has gone; default 120 000. */
  readonly patienceMs?: number;
}

export interface Gateway {
  /** Begins to serve; port 0 takes a free one. Answers the base address. */
  listen(at?: { readonly port?: number; readonly host?: string }): Promise<{ readonly url: string }>;
  /**
   * Takes no more connections, ends the waiting of those who wait, finishes what is under way. Open connections are told with their
   * next answer that it was the last; after `drainMs` those that still say nothing are closed.
   */
  close(): Promise<void>;
}

const mostKeyFreshMs = 800;

/** Guessing keys: so many refusals from one address. */
const guessing: Plan = { name: 'refused-keys', requests: 50, seconds: 10 };

const streamDefaults: Required<StreamOptions> = {
  perCaller: 20,
  total: 1_000,
  heartbeatMs: 15_000,
  recheckMs: 1_000,
  mostWaiting: 100,
  patienceMs: 120_000,
};

/**
 * Serves APIs, the console, and the door by which people come in: proves keys and sessions, checks scopes, limits rates, validates,
 * remembers intents, answers with problems. Throws when a declaration cannot be served; a route without an access policy is one such.
 */
export function createGateway<Needs>(given: GatewayNeeds<Needs>, options: GatewayOptions = {}): Gateway {
  const { apis, needs, database, log, metrics, people, tokens } = given;
  const { bodyLimit = 1_048_576, requestTimeoutMs = 30_000, clock = systemClock, checkAnswers = false } = options;
  const closing = new AbortController();
  const app = createApp({
    ...{ bodyLimit, requestTimeoutMs, log, registry: metrics.registry, closing: closing.signal },
    trustedProxies: options.trustedProxies ?? [],
  });

  const keys = createKeyCheck(database, { freshMs: Math.min(options.keyFreshMs ?? mostKeyFreshMs, mostKeyFreshMs) });
  const site = options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl };
  const pace = { ...streamDefaults, ...options.streams };
  const open = createOpenStreams(pace);
  countStreams(open, metrics.registry);
  const parts = {
    ...{ needs, database, clock, closing: closing.signal, checkAnswers, open, pace, log, plan: options.plan },
    proofs: { keys, ...site, ...(people === undefined ? {} : { people }), ...(tokens === undefined ? {} : { tokens }) },
    guesses: createRateLimit(options.guesses ?? guessing),
    trace: given.trace,
  };
  const taken = new Map<string, readonly string[]>();
  const take = (more: ReadonlyMap<string, readonly string[]>): void => {
    for (const [url, methods] of more) taken.set(url, methods);
  };
  for (const api of apis) take(serveApi(app, api, parts));
  if (people !== undefined) {
    const tries = options.signInTries ?? { requests: 20, seconds: 300 };
    take(servePeople(app, people, { clock, tries, ...site }));
  }
  refuseOtherMethods(app, taken);
  healthRoutes(app, {
    checks: { database: () => database.pool.query('select 1'), ...options.checks },
    registry: metrics.registry,
    ...(metrics.collect === undefined ? {} : { collect: metrics.collect }),
    closing: closing.signal,
  });
  if (options.console !== undefined) serveConsole(app, options.console);

  const endSilent = watchSilentConnections(app.server);
  let closed: Promise<void> | undefined;
  return {
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      return { url: await app.listen({ port, host }) };
    },
    close() {
      closing.abort();
      closed ??= drain(app.server, options.drainMs ?? 0).then(() => endSilent(app.close()));
      return closed;
    },
  };
}

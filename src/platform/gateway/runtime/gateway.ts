import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { type Clock, systemClock } from '#model/kernel';
import type { Api, Plan } from '../api.ts';
import { recordAccess } from './access-record.ts';
import { authorize } from './authorize.ts';
import { compileRoutes } from './compiled-route.ts';
import type { GatewayDatabase } from './database.ts';
import { drain } from './drain.ts';
import { answerRaw, frameworkRefusal } from './framework-refusal.ts';
import { handleErrors } from './handle-errors.ts';
import { idempotencyKey, refuseOtherMedia } from './headers.ts';
import { type HealthCheck, healthRoutes } from './health.ts';
import type {} from './http-types.ts';
import { createKeyCheck } from './key-check.ts';
import { openApiDocument } from './openapi.ts';
import { refuseOtherMethods } from './other-methods.ts';
import { createRateLimit } from './rate-limit.ts';
import { readJson } from './read-json.ts';
import { sendProblem } from './send.ts';
import { serveRoute } from './serve-route.ts';

export interface GatewayNeeds<Needs> {
  readonly apis: readonly Api<Needs>[];
  /** What the handlers are given. */
  readonly needs: Needs;
  readonly database: GatewayDatabase;
  readonly log: Logger;
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
  /** What else must work for this node to be ready; the database is asked always. */
  readonly checks?: Readonly<Record<string, HealthCheck>>;
  /** Check our own answers against their schemas (in tests); default false. */
  readonly checkAnswers?: boolean;
  /** How long connections that stay open are given for one more request when the gateway closes, ms; default 0. */
  readonly drainMs?: number;
  readonly clock?: Clock;
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

/**
 * Serves APIs: proves keys, checks scopes, limits rates, validates, remembers intents, answers with problems. Throws when a
 * declaration cannot be served; a route without an access policy is one such.
 */
export function createGateway<Needs>(given: GatewayNeeds<Needs>, options: GatewayOptions = {}): Gateway {
  const { apis, needs, database, log, metrics } = given;
  const { bodyLimit = 1_048_576, requestTimeoutMs = 30_000, clock = systemClock, checkAnswers = false } = options;
  const closing = new AbortController();
  const app = Fastify({
    bodyLimit,
    requestTimeout: requestTimeoutMs,
    http: { headersTimeout: Math.min(requestTimeoutMs, 15_000), connectionsCheckingInterval: 1_000 },
    routerOptions: { maxParamLength: 200 },
    exposeHeadRoutes: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    clientErrorHandler: answerRaw,
    frameworkErrors: (thrown, _, reply) => {
      sendProblem(reply, frameworkRefusal(thrown, bodyLimit) ?? { problem: 'not-found', detail: 'Nothing is here.' });
    },
  });
  app.decorateRequest('caller', undefined);
  app.decorateRequest('problem', undefined);
  app.addHook('onRoute', ({ config, url }) => {
    if (config?.access === undefined)
      throw new Error(`route ${url} has no access policy: nothing is served without one`);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      refuseOtherMedia(request.headers['content-type'], request.headers['content-encoding']);
      return readJson(bytes);
    },
  );
  handleErrors(app, log, bodyLimit);
  recordAccess(app, log, metrics.registry);
  app.addHook('onSend', async (_, reply) => {
    if (closing.signal.aborted) reply.header('connection', 'close');
  });

  const keys = createKeyCheck(database, { freshMs: Math.min(options.keyFreshMs ?? mostKeyFreshMs, mostKeyFreshMs) });
  const guesses = createRateLimit(guessing);
  const taken = new Map<string, string[]>();
  for (const api of apis) {
    const limit = createRateLimit(options.plan ?? api.plan);
    for (const compiled of compileRoutes(api)) {
      const { route, url } = compiled;
      taken.set(url, [...(taken.get(url) ?? []), route.method]);
      const allowed = authorize(route.access, { keys, limit, guesses });
      app.route({
        method: route.method,
        url,
        config: { access: route.access, api: api.product, operation: route.name },
        onRequest: async (request, reply) => {
          await allowed(request, reply);
          if (route.method !== 'GET') idempotencyKey(request.headers['idempotency-key']);
        },
        handler: serveRoute(compiled, { needs, database, clock, closing: closing.signal, checkAnswers }),
      });
    }
    const document = JSON.stringify(openApiDocument(api));
    const url = `/api/${api.product}/${api.version}/openapi.json`;
    taken.set(url, ['GET']);
    app.get(url, { config: { access: 'public', api: api.product, operation: 'openapi' } }, async (_, reply) =>
      reply.header('content-type', 'application/json; charset=utf-8').send(document),
    );
  }
  refuseOtherMethods(app, taken);
  healthRoutes(app, {
    checks: { database: () => database.pool.query('select 1'), ...options.checks },
    registry: metrics.registry,
    ...(metrics.collect === undefined ? {} : { collect: metrics.collect }),
    closing: closing.signal,
  });

  let closed: Promise<void> | undefined;
  return {
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      return { url: await app.listen({ port, host }) };
    },
    close() {
      closing.abort();
      closed ??= drain(app.server, options.drainMs ?? 0).then(() => app.close());
      return closed;
    },
  };
}

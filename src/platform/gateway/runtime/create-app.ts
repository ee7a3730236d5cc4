import { randomUUID } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { recordAccess } from './access-record.ts';
import { answerRaw, frameworkRefusal } from './framework-refusal.ts';
import { handleErrors } from './handle-errors.ts';
import { refuseOtherMedia } from './headers.ts';
import type {} from './http-types.ts';
import { readJson } from './read-json.ts';
import { secureAnswers } from './security-headers.ts';
import { sendProblem } from './send.ts';

export interface AppParts {
  readonly bodyLimit: number;
  readonly requestTimeoutMs: number;
  readonly log: Logger;
  readonly registry: Registry;
  readonly closing: AbortSignal;
  /** Networks of proxies that say truly who asked them; of none by default. */
  readonly trustedProxies: readonly string[];
}

/** The HTTP framework as we use it: JSON alone, problems in our words, a record of every request, no route without a policy. */
export function createApp(parts: AppParts): FastifyInstance {
  const { bodyLimit, requestTimeoutMs, log, registry, closing, trustedProxies } = parts;
  const app = Fastify({
    bodyLimit,
    // By `X-Forwarded-For`, of which the last address that is no proxy of ours counts: what stands before it anybody may have written.
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
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
  // Cookies are read where somebody asks for them, not of every request.
  app.register(fastifyCookie, { hook: false });
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
  recordAccess(app, log, registry);
  secureAnswers(app);
  app.addHook('onSend', async (_, reply) => {
    if (closing.aborted) reply.header('connection', 'close');
  });
  return app;
}

import type { FastifyInstance } from 'fastify';
import type { Api, Plan } from '../api.ts';
import { isStream } from '../route.ts';
import { authorize } from './authorize.ts';
import { type CompiledRoute, compileRoutes } from './compiled-route.ts';
import { idempotencyKey } from './headers.ts';
import type {} from './http-types.ts';
import { openApiDocument } from './openapi.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { followed, type RequestTrace } from './request-trace.ts';
import { serveRoute } from './serve-route.ts';
import { type Streaming, serveStream } from './streams/serve-stream.ts';

export interface ApiParts<Needs> extends Streaming<Needs> {
  readonly guesses: RateLimit;
  /** In place of the API's own. */
  readonly plan: Plan | undefined;
  readonly trace: RequestTrace | undefined;
}

/** The compiled route serves the one or the other kind. */
function handlerOf<Needs>(compiled: CompiledRoute<Needs>, parts: ApiParts<Needs>) {
  const { route, api } = compiled;
  if (isStream(route)) return serveStream({ ...compiled, route }, parts);
  return followed(serveRoute({ ...compiled, route }, parts), api.product, route.name, parts.trace);
}

/** Serves one API and its document. Answers which methods its addresses take. */
export function serveApi<Needs>(
  app: FastifyInstance,
  api: Api<Needs>,
  parts: ApiParts<Needs>,
): ReadonlyMap<string, readonly string[]> {
  const taken = new Map<string, string[]>();
  const limit = createRateLimit(parts.plan ?? api.plan);
  for (const compiled of compileRoutes(api)) {
    const { route, url } = compiled;
    taken.set(url, [...(taken.get(url) ?? []), route.method]);
    // A browser opens a stream again by itself, with nobody before it.
    const allowed = authorize(route.access, { ...parts.proofs, limit, guesses: parts.guesses }, isStream(route));
    app.route({
      method: route.method,
      url,
      config: { access: route.access, api: api.product, operation: route.name },
      onRequest: async (request, reply) => {
        await allowed(request, reply);
        if (route.method !== 'GET') idempotencyKey(request.headers['idempotency-key']);
      },
      handler: handlerOf(compiled, parts),
    });
  }
  const document = JSON.stringify(openApiDocument(api));
  const url = `/api/${api.product}/${api.version}/openapi.json`;
  taken.set(url, ['GET']);
  app.get(url, { config: { access: 'public', api: api.product, operation: 'openapi' } }, async (_, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  );
  return taken;
}

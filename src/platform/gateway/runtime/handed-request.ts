import type { FastifyRequest } from 'fastify';
import type {} from './http-types.ts';

/** What every handler is told of its request, the wish to wait and what a write has besides excepted. */
export function handedRequest(request: FastifyRequest, now: string, closing: AbortSignal) {
  const { caller } = request;
  return {
    consumer: caller?.consumer ?? 'public',
    by: caller?.by ?? 'public',
    credential: caller?.keyId ?? 'public',
    ...(caller?.sites === undefined ? {} : { sites: caller.sites }),
    may: (scope: string): boolean => caller?.scopes.has(scope) ?? false,
    params: request.params,
    query: request.query,
    now,
    closing,
  };
}

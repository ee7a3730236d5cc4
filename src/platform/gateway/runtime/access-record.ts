import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { Histogram, type Registry } from 'prom-client';
import type {} from './http-types.ts';

const longestPath = 200;

const isListening = (reply: FastifyReply): boolean =>
  String(reply.getHeader('content-type')).startsWith('text/event-stream');

/** One line of log and one observation for every request. No header, no query and no body goes into either. */
export function recordAccess(app: FastifyInstance, log: Logger, registry: Registry): void {
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by operation and status.',
    labelNames: ['api', 'operation', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const { config } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime * 1_000) / 1_000;
    const api = config?.api ?? 'gateway';
    const operation = config?.operation ?? 'other';
    // How long somebody listened is not how long we took.
    if (!isListening(reply)) seconds.labels(api, operation, String(reply.statusCode)).observe(ms / 1_000);
    const line = {
      request: request.id,
      method: request.method,
      path: request.url.split('?', 1)[0]?.slice(0, longestPath),
      api,
      operation,
      status: reply.statusCode,
      ms,
      consumer: request.caller?.consumer,
      key: request.caller?.keyId,
      problem: request.problem,
    };
    if (reply.statusCode >= 500) log.warn(line, 'answered');
    else log.info(line, 'answered');
  });
}

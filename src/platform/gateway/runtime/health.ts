import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type {} from './http-types.ts';
import { sendProblem } from './send.ts';

/** Resolves when what it asks about works; throws or stays silent when not. */
export type HealthCheck = () => Promise<unknown>;

const patienceMs = 2_000;

async function inTime(check: HealthCheck): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  try {
    await Promise.race([check(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

export interface HealthNeeds {
  readonly checks: Readonly<Record<string, HealthCheck>>;
  readonly registry: Registry;
  /** Brings gauges up to date before they are read. */
  readonly collect?: () => Promise<void>;
  readonly closing: AbortSignal;
}

/** `/health/live`: the process answers. `/health/ready`: it may be given work. `/metrics`: for Prometheus. */
export function healthRoutes(app: FastifyInstance, { checks, registry, collect, closing }: HealthNeeds): void {
  const open = { config: { access: 'public' as const } };
  app.get('/health/live', open, async () => ({ status: 'alive' }));
  app.get('/health/ready', open, async (_, reply) => {
    const names = Object.keys(checks);
    const results = await Promise.allSettled(names.map((name) => inTime(checks[name] ?? (() => Promise.resolve()))));
    const errors = names
      .filter((_, index) => results[index]?.status === 'rejected')
      // What exactly failed stands in the log of the part itself: an address or a name is not for everyone.
      .map((name) => ({ code: 'not-ready', path: `/${name}`, message: `${name} does not answer as it should.` }));
    if (closing.aborted) errors.push({ code: 'closing', path: '', message: 'This node is closing.' });
    if (errors.length === 0) return { status: 'ready', checks: names };
    return sendProblem(reply, { problem: 'unavailable', detail: 'Not ready for work.', errors, retryAfterSeconds: 1 });
  });
  app.get('/metrics', open, async (_, reply) => {
    await collect?.();
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

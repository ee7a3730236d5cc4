import type { Caller } from '../caller.ts';
import type { Access } from '../described-route.ts';

/** What the gateway hangs on the framework's routes and requests. */
declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call. A route without it does not start. */
    access?: Access;
    /** Product and operation, for records and metrics. */
    api?: string;
    operation?: string;
  }
  interface FastifyRequest {
    /** Proven; undefined on a public route. */
    caller: Caller | undefined;
    /** The code of the problem that was answered. */
    problem: string | undefined;
  }
}

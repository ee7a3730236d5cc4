import type { FastifyReply, FastifyRequest } from 'fastify';

/** Follows requests, for traces. */
export interface RequestTrace {
  /** Runs a handler; whatever it sends to runs can be told what caused it. `request` stands for the request until it is answered. */
  follow<Answer>(
    request: object,
    told: {
      readonly method: string;
      readonly api: string;
      readonly operation: string;
      /** As it was sent, whatever it is. */
      readonly traceparent: unknown;
      /** How long the request has been here already, ms. */
      readonly elapsedMs: number;
    },
    handler: () => Answer,
  ): Answer;
  /** The answer has left, or its reader has gone. */
  answered(request: object, status: number): void;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The handler as it is followed; itself where nobody follows. */
export function followed(handler: Handler, api: string, operation: string, trace: RequestTrace | undefined): Handler {
  if (trace === undefined) return handler;
  return (request, reply) => {
    reply.raw.once('close', () => trace.answered(request, reply.raw.statusCode));
    const { traceparent } = request.headers;
    const told = { method: request.method, api, operation, traceparent, elapsedMs: reply.elapsedTime };
    return trace.follow(request, told, () => handler(request, reply));
  };
}

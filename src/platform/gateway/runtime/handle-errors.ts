import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { Fault } from '#model/kernel';
import { frameworkRefusal } from './framework-refusal.ts';
import { isOutage } from './outage.ts';
import { refusal } from './problem.ts';
import { sendProblem } from './send.ts';

/** Errors of any origin become problems here, and nowhere else; a stack goes to the log and never out. */
export function handleErrors(app: FastifyInstance, log: Logger, bodyLimit: number): void {
  const answer = (thrown: unknown, reply: FastifyReply): FastifyReply => {
    const refused = refusal(thrown) ?? frameworkRefusal(thrown, bodyLimit);
    if (refused !== undefined) return sendProblem(reply, refused);
    if (isOutage(thrown)) {
      const isOverload = thrown instanceof Fault && thrown.code === 'overloaded';
      log.warn({ request: reply.request.id, err: thrown }, isOverload ? 'overloaded' : 'something we need is away');
      const because = isOverload ? 'More comes in than can be done' : 'Something that this needs is away';
      const detail = `${because}. Send the same request again with the same Idempotency-Key.`;
      return sendProblem(reply, { problem: 'unavailable', detail, retryAfterSeconds: 2 });
    }
    log.error({ request: reply.request.id, err: thrown }, 'a request failed by a defect of ours');
    const detail =
      'We do not know whether it was done. Send it again with the same Idempotency-Key, or give us the instance.';
    return sendProblem(reply, { problem: 'internal-error', detail });
  };
  app.setErrorHandler((thrown, _, reply) => answer(thrown, reply));
  app.setNotFoundHandler((_, reply) =>
    sendProblem(reply, { problem: 'not-found', detail: 'Nothing is served at this address.' }),
  );
}

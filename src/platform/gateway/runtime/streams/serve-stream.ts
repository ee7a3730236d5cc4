import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { StreamRoute, ToldEvent } from '../../stream-route.ts';
import { isStillAllowed, type Proofs } from '../authorize.ts';
import type { CompiledRoute } from '../compiled-route.ts';
import { handedRequest } from '../handed-request.ts';
import { isOutage } from '../outage.ts';
import { refusal } from '../problem.ts';
import { sendProblem } from '../send.ts';
import type { Serving } from '../serve-route.ts';
import { whatIsWrong } from '../what-is-wrong.ts';
import { type EventStreamOptions, eventStream } from './event-stream.ts';
import type { OpenStreams } from './open-streams.ts';

export interface Streaming<Needs> extends Serving<Needs> {
  readonly open: OpenStreams;
  readonly proofs: Proofs;
  readonly log: Logger;
  readonly pace: EventStreamOptions & {
    /** How often it is asked whether a listener may still listen, ms. */
    readonly recheckMs: number;
  };
}

/** Opens one stream for a caller who is authorised, and keeps it while the caller listens, may listen, and the node is up. */
export function serveStream<Needs>(
  compiled: CompiledRoute<Needs, StreamRoute<Needs>>,
  { needs, clock, closing, checkAnswers, open, proofs, log, pace }: Streaming<Needs>,
) {
  const { route } = compiled;

  async function* checked(events: AsyncIterable<ToldEvent>): AsyncGenerator<ToldEvent> {
    for await (const told of events) {
      const failures = checkAnswers ? compiled.answerFailures(told.event, told.data) : [];
      if (failures.length > 0) throw new Error(`${route.name} told wrongly: ${JSON.stringify(failures)}`);
      yield told;
    }
  }

  /** Ends it when the caller would not be let in any more; while nobody can be asked it goes on. */
  async function recheck(request: FastifyRequest, end: () => void): Promise<void> {
    try {
      if (await isStillAllowed(route.access, request, proofs)) return;
      log.info({ request: request.id, operation: route.name }, 'a stream ended: its caller may not listen any more');
    } catch (thrown) {
      if (isOutage(thrown) || refusal(thrown)?.problem === 'unavailable') return;
      log.error({ request: request.id, err: thrown }, 'a stream ended: its caller could not be asked for');
    }
    end();
  }

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const now = clock.now();
    const wrong = whatIsWrong(compiled, request, needs, now);
    if (wrong !== undefined) return sendProblem(reply, wrong);
    const leave = open.take(request.caller?.by ?? request.ip);
    const ended = new AbortController();
    const handed = { ...handedRequest(request, now, ended.signal), waitMs: 0 };
    // Validated above by the route's own schemas; its handler's types come from the same.
    const events = checked(route.handle(handed as never, needs));
    const { readable, end } = eventStream(events, () => route.missed(clock.now()), pace);
    const finish = (): void => {
      ended.abort();
      end();
    };
    const checking = setInterval(() => void recheck(request, finish), pace.recheckMs);
    closing.addEventListener('abort', finish);
    readable.once('error', (err) => {
      log.error({ request: request.id, operation: route.name, err }, 'a stream failed');
    });
    readable.once('close', () => {
      ended.abort();
      clearInterval(checking);
      closing.removeEventListener('abort', finish);
      leave();
    });
    if (closing.aborted) finish();
    return (
      reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        // Proxies that gather answers would hold every event back.
        .header('x-accel-buffering', 'no')
        .send(readable)
    );
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#model/kernel';
import { type Answer, isProblem } from '../answer.ts';
import type { Intent } from '../request.ts';
import type { AnswerRoute } from '../route.ts';
import { claim } from './claims.ts';
import type { CompiledRoute } from './compiled-route.ts';
import type { GatewayDatabase } from './database.ts';
import { fingerprint } from './fingerprint.ts';
import { handedRequest } from './handed-request.ts';
import { idempotencyKey, preferredWait } from './headers.ts';
import type {} from './http-types.ts';
import { refuse } from './problem.ts';
import { sendProblem, sendReply } from './send.ts';
import { whatIsWrong } from './what-is-wrong.ts';

export interface Serving<Needs> {
  readonly needs: Needs;
  readonly database: GatewayDatabase;
  readonly clock: Clock;
  readonly closing: AbortSignal;
  /** Check our own answers against their schemas. */
  readonly checkAnswers: boolean;
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;

async function intentOf<Needs>(
  { route, api }: CompiledRoute<Needs, AnswerRoute<Needs>>,
  request: FastifyRequest,
  { consumer, by }: { readonly consumer: string; readonly by: string },
  database: GatewayDatabase,
): Promise<Intent | undefined> {
  if (route.method === 'GET') return undefined;
  const key = idempotencyKey(request.headers['idempotency-key']);
  const print = fingerprint(route.method, pathOf(request.url), request.body);
  if (route.remembers === 'handler') return { key, fingerprint: print, repeated: false };
  // A person may have the name of a consumer.
  const whose = by.startsWith('person:') ? by : consumer;
  const outcome = await claim(database, `${api.product}:${whose}`, key, print);
  if (outcome === 'conflicting') {
    throw refuse('idempotency-key-reused', 'This key named another request. Use a new key for a new request.');
  }
  return { key, fingerprint: print, repeated: outcome === 'repeated' };
}

/** Runs one request that is authorised: everything wrong with it at once, else its handler's answer. */
export function serveRoute<Needs>(compiled: CompiledRoute<Needs, AnswerRoute<Needs>>, serving: Serving<Needs>) {
  const { route, api } = compiled;
  const { needs, clock, closing } = serving;

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const now = clock.now();
    const wrong = whatIsWrong(compiled, request, needs, now);
    if (wrong !== undefined) return sendProblem(reply, wrong);
    const handed = handedRequest(request, now, closing);
    const intent = await intentOf(compiled, request, handed, serving.database);
    const whole = {
      ...handed,
      waitMs: preferredWait(request.headers.prefer) * 1_000,
      ...(intent === undefined ? {} : { body: request.body, intent }),
    };
    // Validated above by the route's own schemas; its handler's types come from the same.
    const answer: Answer = await route.handle(whole as never, needs);
    if (isProblem(answer)) return sendProblem(reply, answer, api.problems);
    if (serving.checkAnswers) {
      const failures = compiled.answerFailures(answer.outcome, answer.body);
      if (failures.length > 0) throw new Error(`${route.name} answered wrongly: ${JSON.stringify(failures)}`);
    }
    return sendReply(reply, answer, route);
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#model/kernel';
import { type Answer, isProblem } from '../answer.ts';
import type { Failure } from '../failure.ts';
import type { Intent } from '../route.ts';
import { claim } from './claims.ts';
import type { CompiledRoute } from './compiled-route.ts';
import type { GatewayDatabase } from './database.ts';
import { fingerprint } from './fingerprint.ts';
import { idempotencyKey, preferredWait } from './headers.ts';
import type {} from './http-types.ts';
import { refuse } from './problem.ts';
import { sendProblem, sendReply } from './send.ts';

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
  { route, api }: CompiledRoute<Needs>,
  request: FastifyRequest,
  consumer: string,
  database: GatewayDatabase,
): Promise<Intent | undefined> {
  if (route.method === 'GET') return undefined;
  const key = idempotencyKey(request.headers['idempotency-key']);
  const print = fingerprint(route.method, pathOf(request.url), request.body);
  if (route.remembers === 'handler') return { key, fingerprint: print, repeated: false };
  const outcome = await claim(database, `${api.product}:${consumer}`, key, print);
  if (outcome === 'conflicting') {
    throw refuse('idempotency-key-reused', 'This key named another request. Use a new key for a new request.');
  }
  return { key, fingerprint: print, repeated: outcome === 'repeated' };
}

/** Runs one request that is authorised: everything wrong with it at once, else its handler's answer. */
export function serveRoute<Needs>(compiled: CompiledRoute<Needs>, serving: Serving<Needs>) {
  const { route, api } = compiled;
  const { needs, clock, closing } = serving;

  const wrongWith = (request: FastifyRequest, now: string): readonly Failure[] => {
    const body = compiled.failures('body', request.body);
    const more = body.length > 0 ? (route.findMore?.(request.body, needs, now) ?? []) : [];
    const known = new Set(body.map(({ path }) => path));
    return [
      ...compiled.failures('params', request.params),
      ...compiled.failures('query', request.query),
      ...body,
      ...more.filter(({ path }) => !known.has(path)),
    ];
  };

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const now = clock.now();
    const wrong = wrongWith(request, now);
    if (wrong.length > 0) {
      const detail = wrong.length === 1 ? (wrong[0]?.message ?? '') : `${wrong.length} things are wrong; see errors.`;
      return sendProblem(reply, { problem: 'invalid-request', detail, errors: wrong });
    }
    const consumer = request.caller?.consumer ?? 'public';
    const waitSeconds = preferredWait(request.headers.prefer);
    const intent = await intentOf(compiled, request, consumer, serving.database);
    const { by = 'public', sites } = request.caller ?? {};
    const handed = {
      consumer,
      by,
      ...(sites === undefined ? {} : { sites }),
      may: (scope: string) => request.caller?.scopes.has(scope) ?? false,
      params: request.params,
      query: request.query,
      waitMs: waitSeconds * 1_000,
      now,
      closing,
      ...(intent === undefined ? {} : { body: request.body, intent }),
    };
    // Validated above by the route's own schemas; its handler's types come from the same.
    const answer: Answer = await route.handle(handed as never, needs);
    if (isProblem(answer)) return sendProblem(reply, answer, api.problems);
    if (serving.checkAnswers) {
      const failures = compiled.answerFailures(answer.outcome, answer.body);
      if (failures.length > 0) throw new Error(`${route.name} answered wrongly: ${JSON.stringify(failures)}`);
    }
    return sendReply(reply, answer);
  };
}

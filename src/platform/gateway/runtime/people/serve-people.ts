import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '#model/kernel';
import type { ProblemReply } from '../../answer.ts';
import type { PeopleDoor, PeopleReply, PeopleRequest, PeopleRoute } from '../../people-door.ts';
import { refuseTooMany } from '../authorize.ts';
import { cookiesOf, forgetCookie, keepCookie } from '../cookies.ts';
import type {} from '../http-types.ts';
import { isByHttps, refuseOtherOrigins } from '../origin.ts';
import { gatewayProblems } from '../problem-table.ts';
import { createRateLimit } from '../rate-limit.ts';
import { sendProblem } from '../send.ts';

export interface PeopleOptions {
  readonly clock: Clock;
  readonly publicUrl?: string;
  /** Secrets that one address may have refused, before it must wait. */
  readonly tries: { readonly requests: number; readonly seconds: number };
}

/** A password and a name fit many times over. */
const bodyLimit = 16_384;

const firstOf = (value: unknown): string => String(Array.isArray(value) ? value[0] : value);

const isProblem = (answer: PeopleReply | ProblemReply): answer is ProblemReply => 'problem' in answer;

function sendPeople(reply: FastifyReply, answer: PeopleReply, secure: boolean): FastifyReply {
  const { setCookies = [], clearCookies = [], redirect, body } = answer;
  const cookies = [
    ...clearCookies.map((name) => forgetCookie(reply.server, name, secure)),
    ...setCookies.map((cookie) => keepCookie(reply.server, cookie, secure)),
  ];
  reply.headers(answer.headers ?? {}).header('cache-control', 'no-store');
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  if (redirect !== undefined)
    return reply
      .status(answer.status ?? 303)
      .header('location', redirect)
      .send();
  if (body === undefined) return reply.status(answer.status ?? 204).send();
  return reply
    .status(answer.status ?? 200)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** Serves the addresses by which people come in and leave. Answers them, for whoever must know what is taken. */
export function servePeople(app: FastifyInstance, door: PeopleDoor, options: PeopleOptions): Map<string, string[]> {
  const { clock, publicUrl } = options;
  const tries = createRateLimit({ name: 'refused-secrets', ...options.tries });
  const taken = new Map<string, string[]>();

  const isRefusal = (answer: PeopleReply | ProblemReply): boolean => {
    if (!isProblem(answer)) return answer.isRefusal === true;
    const own = Object.hasOwn(door.problems, answer.problem) ? door.problems[answer.problem] : undefined;
    const ours: Readonly<Record<string, { readonly kind: string }>> = gatewayProblems;
    return (own ?? ours[answer.problem])?.kind === 'unauthenticated';
  };

  /** Taken before the secret is tried, so that a thousand at once are not a thousand tries; given back when it was good. */
  async function handle(route: PeopleRoute, asked: PeopleRequest): Promise<PeopleReply | ProblemReply> {
    if (route.triesSecret !== true) return route.handle(asked);
    const { address } = asked;
    const allowance = tries.take(address);
    if (!allowance.allowed) throw refuseTooMany(allowance);
    const answer = await route.handle(asked).catch((thrown: unknown) => {
      tries.giveBack(address);
      throw thrown;
    });
    if (!isRefusal(answer)) tries.giveBack(address);
    return answer;
  }

  const serve = (route: PeopleRoute) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { headers, socket } = request;
    const secure = isByHttps(headers, (socket as TLSSocket).encrypted === true, publicUrl);
    const answer = await handle(route, {
      body: request.body ?? undefined,
      cookies: cookiesOf(request),
      query: Object.fromEntries(Object.entries(request.query ?? {}).map(([name, value]) => [name, firstOf(value)])),
      url: request.url,
      origin:
        publicUrl === undefined ? `${secure ? 'https' : 'http'}://${headers.host ?? ''}` : new URL(publicUrl).origin,
      address: request.ip,
      now: clock.now(),
    });
    return isProblem(answer) ? sendProblem(reply, answer, door.problems) : sendPeople(reply, answer, secure);
  };

  for (const route of door.routes) {
    const { method, path, name } = route;
    if (!/^\/session(\/[a-z-]+)*$/.test(path)) throw new Error(`people's route ${name}: ${path} is not below /session`);
    taken.set(path, [...(taken.get(path) ?? []), method]);
    app.route({
      method,
      url: path,
      bodyLimit,
      config: { access: 'public', api: 'session', operation: name },
      onRequest: async ({ headers }) => {
        if (method !== 'GET') refuseOtherOrigins(headers, publicUrl);
      },
      handler: serve(route),
    });
  }
  return taken;
}

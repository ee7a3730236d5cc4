import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Access } from '../described-route.ts';
import { type PeopleDoor, sessionCookie, unattendedHeader } from '../people-door.ts';
import { cookiesOf } from './cookies.ts';
import { presentedKey } from './headers.ts';
import type {} from './http-types.ts';
import type { KeyCheck, Refusal } from './key-check.ts';
import { refuseOtherOrigins } from './origin.ts';
import { type Refused, refuse } from './problem.ts';
import type { Allowance, RateLimit } from './rate-limit.ts';

const said: Readonly<Record<Refusal, string>> = {
  unknown: 'This API key is not one of ours, or not whole. Copy it again, or ask for a new one.',
  expired: 'This API key has expired. Ask for a new one.',
  revoked: 'This API key was revoked. Ask for a new one.',
};

/** The problem of somebody who asks too often. */
export const refuseTooMany = ({ retrySeconds }: Allowance): Error =>
  refuse('rate-limited', `Too many requests: wait ${retrySeconds} s and spread them.`, {
    retryAfterSeconds: retrySeconds,
  });

/** Proves an access token; undefined: refused. */
export type ProveToken = (token: string) => Promise<Caller | undefined>;

/** By what callers are proven. */
export interface Proofs {
  readonly keys: KeyCheck;
  /** Access tokens that others have made; throws while they cannot be proven. */
  readonly tokens?: ProveToken;
  readonly people?: PeopleDoor;
  /** Where browsers find us, when it is not where the request says. */
  readonly publicUrl?: string;
}

export interface Authorization extends Proofs {
  /** Of the API that the route belongs to, by who acts. */
  readonly limit: RateLimit;
  /** Of refused keys and sessions, by address: guessing is slow and costs us little. */
  readonly guesses: RateLimit;
}

interface Proven {
  readonly caller: Caller;
  readonly bySession: boolean;
}

const away = (): never => {
  throw refuse('unavailable', 'Access tokens cannot be proven at this moment: try again.', { retryAfterSeconds: 5 });
};

/** What is done is always somebody's doing. */
const isUnattended = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && headers[unattendedHeader] !== undefined;

/** Who sends it, by key or else by session. A key that is refused is not made good by a session. */
async function prove(
  request: FastifyRequest,
  { keys, tokens, people }: Proofs,
  unattended: boolean,
): Promise<Proven | Refused> {
  const { headers } = request;
  const key = presentedKey(headers.authorization, headers['x-api-key']);
  if (key !== undefined) {
    const caller = await keys.prove(key);
    if (typeof caller !== 'string') return { caller, bySession: false };
    const told = caller === 'unknown' ? await tokens?.(key).catch(away) : undefined;
    if (told !== undefined) return { caller: told, bySession: false };
    return { problem: 'credentials-refused', detail: said[caller] };
  }
  const cookie = people === undefined ? undefined : cookiesOf(request)[sessionCookie];
  if (people === undefined || cookie === undefined) {
    const detail = 'Send your API key as "Authorization: Bearer <key>" or as "X-API-Key: <key>", or sign in.';
    return { problem: 'credentials-missing', detail };
  }
  const caller = await people.prove(cookie, unattended);
  if (caller !== undefined) return { caller, bySession: true };
  return { problem: 'session-ended', detail: 'The session has ended: sign in again.' };
}

const isProven = (proof: Proven | Refused): proof is Proven => 'caller' in proof;

/** Who is it, may they, and not too often? Before a byte of the body is read. `unattended`: a session is never used by such questions. */
export function authorize(access: Access, { limit, guesses, ...proofs }: Authorization, unattended = false) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (access === 'public') return;
    const proof = await prove(request, proofs, unattended || isUnattended(request));
    if (!isProven(proof)) {
      if (proof.problem === 'credentials-missing') throw refuse(proof.problem, proof.detail);
      const guess = guesses.take(request.ip);
      throw guess.allowed ? refuse(proof.problem, proof.detail) : refuseTooMany(guess);
    }
    const { caller, bySession } = proof;
    request.caller = caller;
    if (bySession && request.method !== 'GET') refuseOtherOrigins(request.headers, proofs.publicUrl);
    const allowance = limit.take(caller.by);
    reply.header('ratelimit-policy', limit.policy);
    reply.header('ratelimit', `${limit.policy.split(';')[0]};r=${allowance.left};t=${allowance.resetSeconds}`);
    if (!allowance.allowed) throw refuseTooMany(allowance);
    if (!caller.scopes.has(access.scope)) {
      throw refuse('scope-missing', `This needs the scope ${access.scope}. Ask whoever gave you the key or the role.`);
    }
  };
}

const rights = ({ by, scopes, sites }: Caller): string => JSON.stringify([by, [...scopes].sort(), sites]);

/** Would the same request be let in now, with the same rights? For what stays open after it was let in, which is no use of a session. */
export async function isStillAllowed(access: Access, request: FastifyRequest, proofs: Proofs): Promise<boolean> {
  if (access === 'public') return true;
  const proof = await prove(request, proofs, true);
  return request.caller !== undefined && isProven(proof) && rights(proof.caller) === rights(request.caller);
}

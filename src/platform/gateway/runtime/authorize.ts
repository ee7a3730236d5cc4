import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from '../route.ts';
import { presentedKey } from './headers.ts';
import type {} from './http-types.ts';
import type { KeyCheck, Refusal } from './key-check.ts';
import { refuse } from './problem.ts';
import type { Allowance, RateLimit } from './rate-limit.ts';

const said: Readonly<Record<Refusal, string>> = {
  unknown: 'This API key is not one of ours, or not whole. Copy it again, or ask for a new one.',
  expired: 'This API key has expired. Ask for a new one.',
  revoked: 'This API key was revoked. Ask for a new one.',
};

const refuseTooMany = ({ retrySeconds }: Allowance): Error =>
  refuse('rate-limited', `Too many requests: wait ${retrySeconds} s and spread them.`, {
    retryAfterSeconds: retrySeconds,
  });

export interface Authorization {
  readonly keys: KeyCheck;
  /** Of the API that the route belongs to, by consumer. */
  readonly limit: RateLimit;
  /** Of refused keys, by address: guessing is slow and costs us little. */
  readonly guesses: RateLimit;
}

/** Who is it, may they, and not too often? Before a byte of the body is read. */
export function authorize(access: Access, { keys, limit, guesses }: Authorization) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (access === 'public') return;
    const presented = presentedKey(request.headers.authorization, request.headers['x-api-key']);
    const caller = await keys.prove(presented);
    if (typeof caller === 'string') {
      const guess = guesses.take(request.ip);
      throw guess.allowed ? refuse('credentials-refused', said[caller]) : refuseTooMany(guess);
    }
    request.caller = caller;
    const allowance = limit.take(caller.consumer);
    reply.header('ratelimit-policy', limit.policy);
    reply.header('ratelimit', `${limit.policy.split(';')[0]};r=${allowance.left};t=${allowance.resetSeconds}`);
    if (!allowance.allowed) throw refuseTooMany(allowance);
    if (!caller.scopes.has(access.scope)) {
      throw refuse('scope-missing', `This needs a key with the scope ${access.scope}. Ask whoever gave you the key.`);
    }
  };
}

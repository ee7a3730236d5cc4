import type { Weather } from '../../kit/index.ts';
import { type ErpScript, scriptedRefusals } from '../erp-script.ts';
import type { Outgoing } from './http-server.ts';
import { refusalOf } from './refusals.ts';
import { type Envelope, page, type Reply, refusalReply } from './reply.ts';

type Behaviour = ErpScript['behaviour'];

/** What stops a call before anything is done. */
export function stopped(envelope: Envelope, weather: Weather, behaviour: Behaviour | undefined): Outgoing | undefined {
  if (weather.retryAfterSeconds !== undefined) {
    return { ...page(429, 'Too many requests'), headers: { 'retry-after': String(weather.retryAfterSeconds) } };
  }
  if (weather.fail) return page(503, 'The server is overloaded');
  if (behaviour === 'error-before') return page(500, 'The server encountered an internal error');
  const refusals: Readonly<Record<string, () => Error>> = scriptedRefusals;
  const refusal = behaviour === undefined ? undefined : refusals[behaviour]?.();
  return refusal === undefined
    ? undefined
    : refusalReply(envelope, refusalOf(refusal) ?? { kind: 'crash', message: '' });
}

/** What becomes of an answer on its way out. */
export function spoil(reply: Reply, weather: Weather, behaviour: Behaviour | undefined): Outgoing {
  if (behaviour === 'error-after') return page(500, 'The server encountered an internal error');
  if (behaviour === 'html-200') return { ...reply, spoilt: 'html' };
  if (behaviour === 'truncate') return { ...reply, spoilt: 'truncated' };
  if (weather.loseAnswer || behaviour === 'lose-answer') return { ...reply, spoilt: 'lost' };
  return reply;
}

import { Agent, request } from 'undici';
import type { OutgoingPolicy } from '../rule.ts';
import { AddressRefused, findDestination, type ResolveHost } from './outgoing-address.ts';

export interface PostNeeds {
  readonly policy: OutgoingPolicy;
  readonly resolve: ResolveHost;
  /** Patience with one request, ms. */
  readonly patienceMs: number;
}

/** The receiver did not take it, or nobody knows whether it did. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** What is read of an answer at most: it is thrown away, and nobody shall fill our memory with it. */
const longestAnswer = 16_384;

function target(url: string): URL {
  const parsed = URL.parse(url);
  if (parsed === null) throw new AddressRefused('the address is no URL');
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw new AddressRefused('the address is not of the web');
  if (parsed.username !== '' || parsed.password !== '')
    throw new AddressRefused('the address carries a name or password');
  return parsed;
}

async function readAway(body: AsyncIterable<Uint8Array>): Promise<void> {
  let read = 0;
  for await (const part of body) {
    read += part.length;
    if (read > longestAnswer) return;
  }
}

/**
 * Posts JSON to where the policy allows it: the checked address is the one that is connected to, redirects are not followed, the time
 * is limited. Resolves when the receiver answered 2xx; throws `AddressRefused`, `NotTaken`, or what the network throws.
 */
export async function postJson(
  { policy, resolve, patienceMs }: PostNeeds,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const parsed = target(url);
  const { address, isNear } = await findDestination(policy, resolve, parsed.hostname);
  if (parsed.protocol === 'http:' && !isNear) {
    throw new AddressRefused('plain HTTP is taken only within an allowed network; write https');
  }
  const family = address.includes(':') ? 6 : 4;
  const agent = new Agent({
    pipelining: 0,
    connect: {
      timeout: patienceMs,
      // The address that was checked, whatever the name says by now.
      lookup: (_, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
    },
  });
  try {
    const answer = await request(parsed, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'crossdock-alerts', ...headers },
      body,
      dispatcher: agent,
      signal: AbortSignal.timeout(patienceMs),
    });
    const { statusCode } = answer;
    await readAway(answer.body).catch(() => undefined);
    if (statusCode >= 300 && statusCode < 400)
      throw new NotTaken(`it answered ${statusCode}: redirects are not followed`);
    if (statusCode < 200 || statusCode >= 300) throw new NotTaken(`it answered ${statusCode}`);
  } finally {
    await agent.destroy();
  }
}

import { request } from 'undici';
import { type OutgoingNeeds, openOutgoingWay } from './outgoing-way.ts';

/** The receiver did not take it, or nobody knows whether it did. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** What is read of an answer at most: it is thrown away, and nobody shall fill our memory with it. */
const longestAnswer = 16_384;

async function readAway(body: AsyncIterable<Uint8Array>): Promise<void> {
  let read = 0;
  for await (const part of body) {
    read += part.length;
    if (read > longestAnswer) return;
  }
}

/**
 * Posts JSON to where the policy allows it; the time is limited. Resolves when the receiver answered 2xx; throws `AddressRefused`, `NotTaken`, or what the network throws.
 */
export async function postJson(
  needs: OutgoingNeeds,
  to: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const way = await openOutgoingWay(needs, to);
  try {
    const answer = await request(way.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'crossdock-alerts', ...headers },
      body,
      dispatcher: way.agent,
      signal: AbortSignal.timeout(needs.patienceMs),
    });
    const { statusCode } = answer;
    await readAway(answer.body).catch(() => undefined);
    if (statusCode >= 300 && statusCode < 400)
      throw new NotTaken(`it answered ${statusCode}: redirects are not followed`);
    if (statusCode < 200 || statusCode >= 300) throw new NotTaken(`it answered ${statusCode}`);
  } finally {
    await way.agent.destroy();
  }
}

import { Agent, request } from 'undici';
import type { OutgoingPolicy } from '#platform/alerts';
import { AddressRefused, findDestination, resolveHost } from '#platform/alerts/runtime';
import type { OutgoingFetch } from '#platform/identity';

const patienceMs = 5_000;
/** Of an identity provider's answer: nobody shall fill our memory with one. */
const longestAnswer = 1_048_576;

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > longestAnswer) throw new Error(`the answer is longer than ${longestAnswer} bytes`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * Fetches from where the policy allows it: the address that was checked is the one that is connected to, redirects are not followed,
 * time and length are limited, and plain HTTP is spoken within an allowed network only. Throws `AddressRefused` before any connection.
 */
export const createOutgoingFetch =
  (policy: OutgoingPolicy): OutgoingFetch =>
  async (url, { method = 'GET', headers, body, signal }) => {
    const asked = new URL(url);
    if (asked.protocol !== 'https:' && asked.protocol !== 'http:') throw new AddressRefused(`${url} is not of the web`);
    const { address, isNear } = await findDestination(policy, resolveHost, asked.hostname);
    if (asked.protocol === 'http:' && !isNear) {
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
    const limit = AbortSignal.timeout(patienceMs);
    try {
      const answer = await request(asked, {
        method: method as 'GET' | 'POST',
        headers: Object.fromEntries(new Headers(headers)),
        body: body === undefined || body === null ? null : String(body),
        dispatcher: agent,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      const { statusCode: status, headers: given } = answer;
      const read = await readAll(answer.body);
      const told = Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
      );
      return new Response([204, 205, 304].includes(status) ? null : read, { status, headers: told });
    } finally {
      await agent.destroy();
    }
  };

import { request } from 'undici';
import type { OutgoingPolicy } from '#platform/alerts';
import { openOutgoingWay, resolveHost } from '#platform/alerts/runtime';
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
    const way = await openOutgoingWay({ policy, resolve: resolveHost, patienceMs }, url);
    const limit = AbortSignal.timeout(patienceMs);
    try {
      const answer = await request(way.url, {
        method: method as 'GET' | 'POST',
        headers: Object.fromEntries(new Headers(headers)),
        body: body === undefined || body === null ? null : String(body),
        dispatcher: way.agent,
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      const { statusCode: status, headers: given } = answer;
      const read = await readAll(answer.body);
      const told = Object.entries(given).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as [string, string]],
      );
      return new Response([204, 205, 304].includes(status) ? null : read, { status, headers: told });
    } finally {
      await way.agent.destroy();
    }
  };

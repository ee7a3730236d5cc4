import { Agent } from 'undici';
import type { OutgoingPolicy } from '../rule.ts';
import { AddressRefused, findDestination, type ResolveHost } from './outgoing-address.ts';

export interface OutgoingNeeds {
  readonly policy: OutgoingPolicy;
  readonly resolve: ResolveHost;
  /** Patience with one request, ms. */
  readonly patienceMs: number;
}

/** Where a request goes, and by which connections; destroy the agent afterwards. */
export interface OutgoingWay {
  readonly url: URL;
  readonly agent: Agent;
}

function webAddress(address: string): URL {
  const url = URL.parse(address);
  if (url === null) throw new AddressRefused('the address is no URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AddressRefused('the address is not of the web');
  if (url.username !== '' || url.password !== '') throw new AddressRefused('the address carries a name or password');
  return url;
}

/**
 * Finds a way to where the policy allows it: the address that was checked is the one that is connected to, and plain HTTP is spoken within
 * an allowed network only. Redirects are not followed. Throws `AddressRefused` before any connection.
 */
export async function openOutgoingWay(
  { policy, resolve, patienceMs }: OutgoingNeeds,
  to: string,
): Promise<OutgoingWay> {
  const url = webAddress(to);
  const { address, isNear } = await findDestination(policy, resolve, url.hostname);
  if (url.protocol === 'http:' && !isNear) {
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
  return { url, agent };
}

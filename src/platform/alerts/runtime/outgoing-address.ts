import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import type { OutgoingPolicy } from '../rule.ts';

/** Every address of a host. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export const resolveHost: ResolveHost = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** The one address to which a connection is made, and to no other. */
export interface Destination {
  /** As certificates and `Host` name it. */
  readonly host: string;
  readonly address: string;
  /** It is in a network that the configuration allows by name. */
  readonly isNear: boolean;
}

/** Nothing may be sent there; no connection was made. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

type Address = ReturnType<typeof ipaddr.parse>;

/** An IPv4 address in IPv6 clothes is the IPv4 address. */
const read = (text: string): Address => ipaddr.process(text);

function isIn(address: Address, networks: readonly string[]): boolean {
  return networks.some((network) => {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === address.kind() && address.match(base, bits);
  });
}

/** Of IPv6 only what is handed out today: a transition address may lead anywhere. */
const handedOut = ipaddr.parseCIDR('2000::/3');

const isPublic = (address: Address): boolean =>
  address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(...handedOut));

/** As hosts are compared: without the dot of the root, in small letters, an IPv6 address without brackets. */
export const hostName = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/** Whether a text is a network as `10.0.0.0/8`. */
export const isNetwork = (text: string): boolean => ipaddr.isValidCIDR(text);

/**
 * The address of a host, if something may be sent there. All addresses must be allowed, not one of them: which one is taken is not
 * for the name's owner to choose. Throws `AddressRefused`, or what the resolver throws.
 */
export async function findDestination(
  policy: OutgoingPolicy,
  resolve: ResolveHost,
  host: string,
): Promise<Destination> {
  const name = hostName(host);
  const { hosts, networks = [] } = policy;
  if (hosts !== undefined && !hosts.some((allowed) => hostName(allowed) === name)) {
    throw new AddressRefused(`${name} is not among the hosts that may be sent to`);
  }
  const found = ipaddr.isValid(name) ? [name] : await resolve(name);
  const [first] = found;
  if (first === undefined) throw new AddressRefused(`${name} has no address`);
  const nearness = found.map((text) => {
    if (!ipaddr.isValid(text)) throw new AddressRefused(`${name} has an address that is none`);
    const address = read(text);
    if (isIn(address, networks)) return true;
    if (!isPublic(address)) {
      throw new AddressRefused(
        `${name} leads to ${address.toString()}, which is not public; allow its network to send there`,
      );
    }
    return false;
  });
  return { host: name, address: first, isNear: nearness[0] === true };
}

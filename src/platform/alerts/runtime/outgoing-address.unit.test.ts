import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingPolicy } from '../rule.ts';
import { AddressRefused, findDestination, type ResolveHost } from './outgoing-address.ts';
import { NotTaken, postJson } from './post-json.ts';

/** A listener on every address of this machine: whatever evades the check ends here and is counted. */
let connections = 0;
const trap = createServer((_, answer) => answer.end()).on('connection', () => {
  connections += 1;
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    trap.listen(0, '0.0.0.0', resolve);
  });
  const address = trap.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  trap.closeAllConnections();
  trap.close();
});

/** Names, as an attacker's own name server could answer. */
const names: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1'],
  'loopback.example.com': ['127.0.0.1'],
  'private.example.com': ['10.1.2.3'],
  'metadata.google.internal': ['169.254.169.254'],
  'both.example.com': ['93.184.216.34', '127.0.0.1'],
  'both6.example.com': ['2606:2800:220:1:248:1893:25c8:1946', '::1'],
  'mapped.example.com': ['::ffff:127.0.0.1'],
  'nothing.example.com': [],
  'nonsense.example.com': ['not-an-address'],
  'zone.example.com': ['fe80::1%eth0'],
  'public.example.com': ['93.184.216.34'],
  'public6.example.com': ['2606:2800:220:1:248:1893:25c8:1946'],
};
const resolve: ResolveHost = async (host) => {
  const found = names[host];
  if (found === undefined) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
  return found;
};
const needs = (policy: OutgoingPolicy = {}) => ({ policy, resolve, patienceMs: 2_000 });

const hosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0177.0.0.1', '0177.0.0.01', '0x7f.0.0.1', '0x7f000001'],
  ...['2130706433', '017700000001', '0x7F.1', '0', '0.0.0.0', '127.0.0.1.', '127。0。0。1', '①②⑦.0.0.1'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]'],
  ...['[::127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[2001:0:53aa:64c::1]'],
  ...[
    '[fe80::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
    '[::ffff:a9fe:a9fe]',
  ],
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.1.1', '100.64.0.1'],
  ...['169.254.169.254', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '192.0.0.192', '198.18.0.1', '192.0.2.1'],
  ...['224.0.0.1', '240.0.0.1', '255.255.255.255', '0.1.2.3'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'loopback.example.com', 'LoopBack.Example.COM.', 'private.example.com'],
  ...['metadata.google.internal', 'both.example.com', 'both6.example.com', 'mapped.example.com', 'nothing.example.com'],
  ...['nonsense.example.com', 'zone.example.com', 'unknown.example.com', '%31%32%37.0.0.1', '127%2e0%2e0%2e1'],
];
const addresses = [
  'https://public.example.com@127.0.0.1:PORT/',
  'https://user:pass@public.example.com/',
  'https://127.0.0.1:PORT#@public.example.com/',
  'https://127.0.0.1:PORT\\@public.example.com/',
  'https:127.0.0.1:PORT/',
  'https:\\\\127.0.0.1:PORT/',
  'http://public.example.com/',
  'ftp://public.example.com/',
  'file:///etc/passwd',
  'data:text/plain,hello',
  'gopher://127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  'public.example.com',
  '',
];

describe('an address that alerts are not sent to', () => {
  test.each([...hosts.flatMap((host) => [`https://${host}:PORT/`, `http://${host}:PORT/`]), ...addresses])(
    'is %s, and no connection is made',
    async (address) => {
      await expect(postJson(needs(), address.replace('PORT', String(port)), '{}')).rejects.toThrow(
        /not public|no URL|not of the web|name or password|no address|that is none|ENOTFOUND|plain HTTP/,
      );
      expect(connections).toBe(0);
    },
  );

  test('is one that is on no list, where there is one, also when it is public', async () => {
    const policy = { hosts: ['Public.example.com.'] };
    expect(await findDestination(policy, resolve, 'public.example.com')).toMatchObject({ address: '93.184.216.34' });
    await expect(findDestination(policy, resolve, 'public6.example.com')).rejects.toThrow(AddressRefused);
    await expect(findDestination(policy, resolve, 'public.example.com.evil.example')).rejects.toThrow(AddressRefused);
  });

  test('is a listed name that leads inside', async () => {
    await expect(findDestination({ hosts: ['private.example.com'] }, resolve, 'private.example.com')).rejects.toThrow(
      '10.1.2.3',
    );
  });
});

describe('an address that alerts are sent to', () => {
  test('is public, by IPv4 and IPv6', async () => {
    expect(await findDestination({}, resolve, 'public.example.com')).toMatchObject({ isNear: false });
    expect(await findDestination({}, resolve, 'PUBLIC6.example.com.')).toMatchObject({ host: 'public6.example.com' });
  });

  test('may be in a network that is allowed by name, and in no other', async () => {
    const policy = { networks: ['10.0.0.0/8'] };
    expect(await findDestination(policy, resolve, 'private.example.com')).toMatchObject({ isNear: true });
    await expect(findDestination(policy, resolve, 'loopback.example.com')).rejects.toThrow(AddressRefused);
  });

  test('is the one that was checked: the name is asked about once, whatever it says afterwards', async () => {
    let asked = 0;
    const fickle: ResolveHost = async () => {
      asked += 1;
      return asked === 1 ? ['127.0.0.1'] : ['127.0.0.2'];
    };
    const before = connections;
    await postJson(
      { policy: { networks: ['127.0.0.1/32'] }, resolve: fickle, patienceMs: 2_000 },
      `http://fickle.example.com:${port}/`,
      '{}',
    );
    expect([asked, connections - before]).toEqual([1, 1]);
  });
});

describe('a receiver', () => {
  const near = needs({ networks: ['127.0.0.0/8'] });

  test('that never answers is given up', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => {
      silent.listen(0, '127.0.0.1', done);
    });
    const at = silent.address();
    const url = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}/`;
    await expect(postJson({ ...near, patienceMs: 100 }, url, '{}')).rejects.toThrow(/timeout/i);
    silent.closeAllConnections();
    silent.close();
  });

  test('whose answer does not end is not read to its end', async () => {
    let written = 0;
    const endless = createServer((_, answer) => {
      const write = (): void => {
        if (answer.destroyed || written > 100_000_000) return;
        written += 65_536;
        if (answer.write('x'.repeat(65_536))) setImmediate(write);
        else answer.once('drain', write);
      };
      write();
    });
    await new Promise<void>((done) => {
      endless.listen(0, '127.0.0.1', done);
    });
    const at = endless.address();
    await postJson(near, `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}/`, '{}');
    expect(written).toBeLessThan(50_000_000);
    endless.closeAllConnections();
    endless.close();
  });

  test('that says no has not taken it', async () => {
    const no = createServer((_, answer) => answer.writeHead(410).end());
    await new Promise<void>((done) => {
      no.listen(0, '127.0.0.1', done);
    });
    const at = no.address();
    const url = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}/`;
    await expect(postJson(near, url, '{}')).rejects.toThrow(NotTaken);
    no.closeAllConnections();
    no.close();
  });
});

import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knownScopes, roles } from '#business/apis';
import { systemClock } from '#model/kernel';
import { createGateway, createKey, type Gateway } from '#platform/gateway/runtime';
import { createIdentity } from '#platform/identity';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { apis } from './apis.ts';
import { ourRoles } from './identity.ts';
import { accessRows } from './testing/access-rows.ts';

let own: TestDatabase;
/** A matrix asks more often than anybody may. */
const patient = { name: 'test', requests: 1_000_000, seconds: 1 };

let gateway: Gateway;
let url: string;
const sessions = new Map<string, string>();
const keys = new Map<string, string>();

/** Needs that nobody has: whoever is let in runs into them, and that is all that is asked here. */
const nothing: never = new Proxy(() => undefined, {
  get: (_, name) => (name === 'then' ? undefined : nothing),
  apply: () => {
    throw new Error('let in');
  },
}) as never;

const routes = apis.flatMap((api) =>
  api.routes.map((route) => ({ product: api.product, version: api.version, name: route.name, route })),
);

const callers = [
  ...roles.flatMap((role) => [
    { caller: role as string, role, isRestricted: false },
    { caller: `${role}-of-north`, role, isRestricted: true },
  ]),
];

beforeAll(async () => {
  own = await testDatabase();
  const identity = createIdentity({ database: own.database, clock: systemClock, roles: ourRoles });
  gateway = createGateway(
    {
      apis: apis as never,
      needs: nothing,
      database: own.database,
      people: identity.door,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { plan: patient, guesses: patient },
  );
  ({ url } = await gateway.listen());
  for (const { caller, role, isRestricted } of callers) {
    const sites = isRestricted ? { sites: ['NORTH'] } : {};
    await identity.people.add({ userName: caller, name: caller, role, ...sites }, 'cli:test');
    const link = await identity.people.link(caller, 'cli:test', { kind: 'direct' });
    if ('refused' in link) throw new Error(link.because);
    const answer = await fetch(`${url}/session/link`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ token: link.path.replace('/sign-in/link#', '') }),
    });
    sessions.set(caller, answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '');
  }
  // For each scope a key that has every other.
  for (const without of knownScopes) {
    const scopes = [...knownScopes].filter((scope) => scope !== without);
    keys.set(without, (await createKey(own.database, { consumer: 'nearly', scopes })).key);
  }
}, 120_000);
afterAll(async () => {
  await gateway.close();
  await own.drop();
});

type Served = (typeof routes)[number];

async function statusOf(
  { product, version, route }: Served,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const ending = new AbortController();
  const path = route.path === '/' ? '' : route.path.replaceAll(/\{[^}]+\}/g, 'x');
  const answer = await fetch(`${url}/api/${product}/${version}${path}`, {
    method: route.method,
    signal: ending.signal,
    headers: {
      origin: url,
      ...(route.method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...headers,
    },
    ...(route.method === 'GET' ? {} : { body: '{}' }),
  });
  // Streams have no end of their own.
  ending.abort();
  return answer.status;
}

const isLetIn = (status: number): boolean => status !== 401 && status !== 403;

describe('every route', () => {
  test('has a row that says who may, and every row has a route', () => {
    const served = routes.map(({ product, name }) => `${product}.${name}`);
    expect(served.filter((name) => accessRows[name] === undefined)).toEqual([]);
    expect(Object.keys(accessRows).filter((name) => !served.includes(name))).toEqual([]);
  });

  test('asks for a scope that somebody has', () => {
    const asked = routes.flatMap(({ route: { access } }) => (access === 'public' ? ['public'] : [access.scope]));
    expect(asked.filter((scope) => !knownScopes.has(scope))).toEqual([]);
  });

  test.each(routes)(
    '$product $name: people by their role and warehouses, keys by their scopes, nobody without',
    async (served) => {
      const row = accessRows[`${served.product}.${served.name}`];
      const expected: Record<string, boolean> = {};
      const found: Record<string, boolean> = {};
      for (const { caller, role, isRestricted } of callers) {
        expected[caller] = row?.roles.includes(role) === true && (!isRestricted || row.ofSomeSites);
        found[caller] = isLetIn(await statusOf(served, { cookie: sessions.get(caller) ?? '' }));
      }
      expect(found).toEqual(expected);
      const { access } = served.route;
      const scope = access === 'public' ? '' : access.scope;
      expect(await statusOf(served, { authorization: `Bearer ${keys.get(scope)}` })).toBe(403);
      expect(await statusOf(served, {})).toBe(401);
      expect(await statusOf(served, { cookie: `crossdock_session=${'A'.repeat(43)}` })).toBe(401);
      if (served.route.method !== 'GET') {
        const from = { cookie: sessions.get(row?.roles[0] ?? '') ?? '', origin: 'https://evil.example' };
        expect(await statusOf(served, from)).toBe(403);
      }
    },
  );
});

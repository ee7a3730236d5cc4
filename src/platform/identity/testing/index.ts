import { Registry } from 'prom-client';
import { systemClock } from '#model/kernel';
import { createGateway } from '#platform/gateway/runtime';
import type { Database } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { createIdentity, type IdentityNeeds, type IdentityOptions } from '../create-identity.ts';
import type { Roles } from '../person.ts';

/** Quick enough for tests. */
export const passwordCost = { n: 1_024, r: 8, p: 1 } as const;

/** Readers read, keepers also keep; who sees some warehouses only keeps nothing. */
export const roles: Roles = {
  names: ['reader', 'keeper'],
  keeper: 'keeper',
  scopes: (role, isRestricted) =>
    new Set(
      role === 'keeper' && !isRestricted ? ['things:read', 'things:keep'] : role === 'reader' ? ['things:read'] : [],
    ),
};

/** A room for people on a database; two of them are two nodes. */
export const openIdentity = (database: Database, more: Partial<IdentityNeeds> = {}, options: IdentityOptions = {}) =>
  createIdentity({ database, clock: systemClock, roles, ...more }, { passwordCost, ...options });

/** The room behind a real gateway, with an API of nothing. */
export async function serveIdentity(database: Database, identity: ReturnType<typeof openIdentity>) {
  const gateway = createGateway(
    {
      apis: [],
      needs: {},
      database,
      people: identity.door,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { signInTries: { requests: 1_000, seconds: 1 } },
  );
  const { url } = await gateway.listen();
  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}, method = 'POST') =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), origin: url, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { url, post, close: () => gateway.close() };
}

/** The value of a cookie that an answer sets; undefined when it sets none, '' when it clears it. */
export const cookieOf = (answer: Response, name: string): string | undefined =>
  answer.headers
    .getSetCookie()
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .split(';', 1)[0];

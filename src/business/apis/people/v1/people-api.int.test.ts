import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles, scopesOf } from '#business/apis';
import { systemClock } from '#model/kernel';
import { auditOf } from '#platform/audit';
import { createGateway, createKey, type Gateway } from '#platform/gateway/runtime';
import { createIdentity, type Identity } from '#platform/identity';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { peopleV1 } from './api.ts';

let own: TestDatabase;
let gateway: Gateway;
let identity: Identity;
let url: string;
let adam: string;

async function cookieBy(path: string, password?: string): Promise<string> {
  const answer = await fetch(`${url}/session/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      token: path.replace('/sign-in/link#', ''),
      ...(password === undefined ? {} : { password }),
    }),
  });
  expect(answer.status).toBe(204);
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

beforeAll(async () => {
  own = await testDatabase();
  identity = createIdentity(
    { database: own.database, clock: systemClock, roles: { names: roles, keeper: 'administrator', scopes: scopesOf } },
    { passwordCost: { n: 1_024, r: 8, p: 1 } },
  );
  gateway = createGateway(
    {
      apis: [peopleV1],
      needs: { people: identity.people, sites: ['NORTH', 'SOUTH'] },
      database: own.database,
      people: identity.door,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true },
  );
  ({ url } = await gateway.listen());
  await identity.people.add({ userName: 'adam', name: 'Adam', role: 'administrator' }, 'cli:test');
  const link = await identity.people.link('adam', 'cli:test', { kind: 'direct' });
  adam = await cookieBy('path' in link ? link.path : '');
});
afterAll(async () => {
  await gateway.close();
  await own.drop();
});

async function ask(method: string, path: string, body?: object, { cookie = adam, intent = randomUUID() } = {}) {
  const answer = await fetch(`${url}/api/people/v1${path}`, {
    method,
    headers: {
      origin: url,
      cookie,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': intent }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
}

describe('people', () => {
  test('learn who they are and what they may', async () => {
    const { json } = await ask('GET', '/me');
    expect(json).toMatchObject({ userName: 'adam', role: 'administrator' });
    expect(json.scopes).toContain('people:manage');
    expect(json.scopes).not.toContain('cases:decide');
    expect(Date.parse(json.sessionEndsAt) - Date.now()).toBeGreaterThan(11 * 3_600_000);
    const { key } = await createKey(own.database, { consumer: 'robot', scopes: ['people:self'] });
    const answer = await fetch(`${url}/api/people/v1/me`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(404);
  });

  test('are added, come in by a link that is shown once, are changed and kept out, and all of it stands in the audit', async () => {
    const intent = randomUUID();
    const wanted = { userName: 'olga', name: 'Olga', role: 'operator', sites: ['NORTH'] };
    expect(await ask('POST', '/people', wanted, { intent })).toMatchObject({
      status: 201,
      json: { ...wanted, disabled: false },
    });
    expect((await ask('POST', '/people', wanted, { intent })).status).toBe(201);
    expect(await ask('POST', '/people', wanted)).toMatchObject({ status: 409, json: { code: 'user-name-taken' } });

    const made = await ask('POST', '/people/olga/sign-in-links', {});
    expect(made).toMatchObject({ status: 201, json: { path: expect.stringMatching(/^\/sign-in\/link#[\w-]{43}$/) } });
    const olga = await cookieBy(made.json.path, 'a sentence of her own');
    const me = await ask('GET', '/me', undefined, { cookie: olga });
    expect(me.json).toMatchObject({ userName: 'olga', sites: ['NORTH'] });
    expect(me.json.scopes).not.toContain('lanes:read');

    const changed = await ask('PATCH', '/people/olga', { role: 'supervisor', sites: null });
    expect(changed.json).toMatchObject({ role: 'supervisor' });
    expect(changed.json.sites).toBeUndefined();
    expect((await ask('DELETE', '/people/olga/sessions', {})).json).toEqual({ ended: 1 });
    await expect
      .poll(async () => (await ask('GET', '/me', undefined, { cookie: olga })).status, { timeout: 1_000 })
      .toBe(401);
    expect((await ask('PATCH', '/people/olga', { disabled: true })).json).toMatchObject({ disabled: true });
    expect((await ask('POST', '/people/olga/sign-in-links', {})).json).toMatchObject({ code: 'person-disabled' });
    const entries = await auditOf(own.database.pool, 'person:olga');
    expect(entries.map(({ action, by }) => `${action} ${by}`)).toEqual([
      'add person:adam',
      'make-sign-in-link person:adam',
      'sign-in person:olga',
      'change person:adam',
      'end-sessions person:adam',
      'disable person:adam',
    ]);
    expect((await ask('GET', '/people')).json.people.map(({ userName }: { userName: string }) => userName)).toEqual([
      'adam',
      'olga',
    ]);
  });

  test('cannot be what they cannot be: each refusal names the member', async () => {
    const add = async (more: object) => {
      const { status, json } = await ask('POST', '/people', { userName: 'new', name: 'New', role: 'viewer', ...more });
      return [status, json.errors?.[0]?.path];
    };
    expect(await add({ sites: ['NORTH', 'MOON'] })).toEqual([422, '/sites/1']);
    expect(await add({ role: 'constructor' })).toEqual([422, '/role']);
    expect(await add({ userName: '__proto__' })).toEqual([422, '/userName']);
    expect(await add({ password: 'chosen for them' })).toEqual([422, '/password']);
    expect((await ask('PATCH', '/people/nobody', { name: 'x' })).status).toBe(404);
    expect((await ask('PATCH', '/people/adam', {})).status).toBe(422);
    // A link that signs in by itself is not to be had here.
    expect((await ask('POST', '/people/adam/sign-in-links', { kind: 'direct' })).status).toBe(422);
  });

  test('the last administrator stays one', async () => {
    for (const change of [{ disabled: true }, { role: 'viewer' }, { sites: ['NORTH'] }]) {
      expect(await ask('PATCH', '/people/adam', change)).toMatchObject({
        status: 409,
        json: { code: 'last-administrator' },
      });
    }
  });
});

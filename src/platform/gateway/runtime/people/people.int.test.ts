import { once } from 'node:events';
import { Type } from 'typebox';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { defineApi } from '../../api.ts';
import type { Caller } from '../../caller.ts';
import type { PeopleDoor, PeopleRequest } from '../../people-door.ts';
import { readRoute, writeRoute } from '../../route.ts';
import { streamRoute } from '../../stream-route.ts';
import { gatewayWith, type TriedGateway } from '../../testing/index.ts';
import type { GatewayOptions } from '../gateway.ts';
import { createKey } from '../key-store.ts';

const Who = Type.Object({
  by: Type.String(),
  consumer: Type.String(),
  sites: Type.Optional(Type.Array(Type.String())),
});

const things = defineApi<object>({
  ...{ product: 'things', version: 'v1', title: 'Things', description: '.', owner: 'us', lifecycle: 'active' },
  plan: { name: 'standard', requests: 10_000, seconds: 1 },
  problems: {},
  routes: [
    readRoute<object>()({
      ...{ name: 'who', path: '/who', summary: 'Who', access: { scope: 'things:read' }, problems: [] },
      answers: { ok: Who },
      handle: async ({ by, consumer, sites }) => ({
        outcome: 'ok',
        body: { by, consumer, ...(sites === undefined ? {} : { sites: [...sites] }) },
      }),
    }),
    writeRoute<object>()({
      ...{ name: 'do', path: '/do', method: 'POST', summary: 'Do', access: { scope: 'things:write' }, problems: [] },
      body: Type.Object({}),
      remembers: 'gateway',
      answers: { ok: Type.String() },
      handle: async ({ by }) => ({ outcome: 'ok', body: by }),
    }),
    readRoute<object>()({
      ...{ name: 'list', path: '/things.csv', summary: 'List', access: { scope: 'things:read' }, problems: [] },
      media: 'text/csv',
      answers: { ok: Type.String() },
      handle: async () => ({ outcome: 'ok', body: 'a,b\r\n1,ü\r\n', fileName: 'all "things"\r\n/../x.csv' }),
    }),
    streamRoute<object>()({
      ...{ name: 'news', path: '/news', summary: 'News', access: { scope: 'things:read' }, problems: [] },
      events: { told: Type.Object({}) },
      missed: () => [],
      handle: async function* ({ closing }) {
        yield { event: 'told' as const, data: {} };
        if (!closing.aborted) await once(closing, 'abort');
      },
    }),
  ],
});

const olga: Caller = {
  keyId: 'session-1',
  consumer: 'olga',
  by: 'person:olga',
  scopes: new Set(['things:read', 'things:write']),
  sites: ['WEST'],
};

let sessions: Map<string, Caller>;
let asked: PeopleRequest[];
/** Of each time that a session was proven: was it used by that? */
let uses: boolean[];
const people: PeopleDoor = {
  prove: async (cookie, unattended = false) => {
    uses.push(!unattended);
    return sessions.get(cookie);
  },
  problems: { 'sign-in-refused': { kind: 'unauthenticated', title: 'Name or password is wrong' } },
  routes: [
    {
      ...{ method: 'POST', path: '/session', name: 'sign-in', triesSecret: true },
      handle: async (request) => {
        asked.push(request);
        const { password } = request.body as { readonly password: string };
        if (password === 'broken') throw new Error('the store is broken');
        if (password !== 'right') return { problem: 'sign-in-refused', detail: 'Name or password is wrong.' };
        return { setCookies: [{ name: 'crossdock_session', value: 'secret-1', maxAgeSeconds: 60 }] };
      },
    },
    {
      ...{ method: 'DELETE', path: '/session', name: 'sign-out' },
      handle: async ({ cookies }) => {
        sessions.delete(cookies.crossdock_session ?? '');
        return { clearCookies: ['crossdock_session'] };
      },
    },
    {
      ...{ method: 'GET', path: '/session/oidc', name: 'oidc' },
      handle: async (request) => {
        asked.push(request);
        return { redirect: `https://login.example/?to=${encodeURIComponent(request.origin)}` };
      },
    },
  ],
};

let own: TestDatabase;
let key: string;
let tried: TriedGateway;
const agent = new Agent({ pipelining: 0 });
const start = (options: GatewayOptions = {}) =>
  gatewayWith({ database: own.database, apis: [things], needs: {}, people }, options);

beforeAll(async () => {
  own = await testDatabase();
  ({ key } = await createKey(own.database, { consumer: 'shop', scopes: ['things:read', 'things:write'] }));
  tried = await start({ signInTries: { requests: 5, seconds: 3_600 } });
});
beforeEach(() => {
  sessions = new Map([['secret-1', olga]]);
  asked = [];
  uses = [];
  tried.lines.length = 0;
});
afterAll(async () => {
  await tried.gateway.close();
  await agent.close();
  await own.drop();
});

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT';
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly base?: string;
}
async function ask(path: string, { method = 'GET', headers = {}, body, base = tried.url }: Asked = {}) {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await request(base + path, {
    ...{ method, dispatcher: agent, headers: { ...json, ...headers } },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.body.text();
  const isJson = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

const cookie = { cookie: 'other=1; crossdock_session=secret-1' };
const sameOrigin = { 'sec-fetch-site': 'same-origin' };
let writes = 0;
const write = (headers: Record<string, string>) => {
  writes += 1;
  return ask('/api/things/v1/do', {
    method: 'POST',
    headers: { 'idempotency-key': `w-${writes}`, ...headers },
    body: {},
  });
};
const signIn = (password: string, base = tried.url, headers: Record<string, string> = sameOrigin) =>
  ask('/session', { method: 'POST', headers, body: { userName: 'olga', password }, base });

describe('a person who has signed in', () => {
  test('is known at every API, by name and with what they may see', async () => {
    const { json } = await ask('/api/things/v1/who', { headers: cookie });
    expect(json).toEqual({ by: 'person:olga', consumer: 'olga', sites: ['WEST'] });
  });

  test('a key goes before a session, and a bad one is not made good by it', async () => {
    const both = { ...cookie, authorization: `Bearer ${key}` };
    expect((await ask('/api/things/v1/who', { headers: both })).json).toMatchObject({ by: 'api:shop' });
    const bad = await ask('/api/things/v1/who', { headers: { ...cookie, authorization: 'Bearer bad' } });
    expect(bad.json).toMatchObject({ status: 401, code: 'credentials-refused' });
  });

  test('who is not known learns why, and no browser asks for a password of its own', async () => {
    sessions.clear();
    const ended = await ask('/api/things/v1/who', { headers: cookie });
    expect(ended.json).toMatchObject({ status: 401, code: 'session-ended' });
    expect(ended.headers['www-authenticate']).toBe('Bearer realm="api"');
    const none = await ask('/api/things/v1/who', { headers: { cookie: 'other=1' } });
    expect(none.json).toMatchObject({ status: 401, code: 'credentials-missing' });
    expect((await ask('/api/things/v1/who', { headers: { cookie: 'crossdock_session=%zz' } })).status).toBe(401);
  });

  test('uses the session by what their hand causes: not by refreshing, nor by listening to what changes', async () => {
    const unattended = { ...cookie, ...sameOrigin, 'x-unattended': '1' };
    await ask('/api/things/v1/who', { headers: cookie });
    await ask('/api/things/v1/who', { headers: unattended });
    await write(unattended);
    expect(uses).toEqual([true, false, true]);
    const listening = await start({ streams: { recheckMs: 10 } });
    const options = { dispatcher: agent, headers: cookie };
    const { body, statusCode } = await request(`${listening.url}/api/things/v1/news`, options);
    expect(statusCode).toBe(200);
    await vi.waitFor(() => expect(uses.length).toBeGreaterThan(5), 10_000);
    expect(uses.slice(3)).not.toContain(true);
    body.on('error', () => undefined).destroy();
    await listening.gateway.close();
  });

  test('made-up sessions are slowed down, and good ones are not', async () => {
    const other = await start();
    const guess = () => ask('/api/things/v1/who', { headers: { cookie: 'crossdock_session=guess' }, base: other.url });
    const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await guess()).status));
    // Fifty at once, and some more for the time that it took.
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(50);
    expect((await ask('/api/things/v1/who', { headers: cookie, base: other.url })).status).toBe(200);
    await other.gateway.close();
  });
});

describe('a write by session', () => {
  test.each([
    ['the browser says that it is ours', () => sameOrigin],
    ['its origin is ours', () => ({ origin: tried.url })],
    ['its origin is ours, over https', () => ({ origin: tried.url.replace('http:', 'https:') })],
  ])('is done when %s', async (_, headers) => {
    expect(await write({ ...cookie, ...headers() })).toMatchObject({ status: 200, text: '"person:olga"' });
  });

  test.each([
    ['says nothing of its origin', {}],
    ['comes from another site', { 'sec-fetch-site': 'cross-site' }],
    ['comes from another site, whatever its origin says', { 'sec-fetch-site': 'cross-site', origin: 'OURS' }],
    ['comes from a sister site', { 'sec-fetch-site': 'same-site' }],
    ['was begun by nobody’s page', { 'sec-fetch-site': 'none' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['has our origin as a part of another', { origin: 'http://127.0.0.1.evil.example' }],
    ['has no origin to speak of', { origin: 'null' }],
    ['has another port', { origin: 'http://127.0.0.1:1' }],
  ])('is refused when it %s', async (_, headers) => {
    const answer = await write({
      ...cookie,
      ...headers,
      ...('origin' in headers && headers.origin === 'OURS' ? { origin: tried.url } : {}),
    });
    expect(answer.json).toMatchObject({ status: 403, code: 'cross-origin-refused' });
  });

  test('has its own names for intents, whatever a key’s consumer is called', async () => {
    const { key: namesake } = await createKey(own.database, { consumer: 'olga', scopes: ['things:write'] });
    const intent = { 'idempotency-key': 'the-same' };
    const ours = await write({ ...cookie, ...sameOrigin, ...intent });
    const theirs = await ask('/api/things/v1/do', {
      ...{ method: 'POST', body: {} },
      headers: { authorization: `Bearer ${namesake}`, ...intent },
    });
    expect([ours.json, theirs.json]).toEqual(['person:olga', 'api:olga']);
  });

  test('by key is nobody’s business', async () => {
    const headers = { authorization: `Bearer ${key}`, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await write(headers)).status).toBe(200);
  });

  test('behind a proxy is known by the address that browsers use', async () => {
    const other = await start({ publicUrl: 'https://crossdock.example/' });
    const headers = { ...cookie, 'idempotency-key': 'p-1' };
    const from = (origin: string) =>
      ask('/api/things/v1/do', { method: 'POST', headers: { ...headers, origin }, body: {}, base: other.url });
    expect((await from('https://crossdock.example')).status).toBe(200);
    expect((await from('https://crossdock.example.evil')).status).toBe(403);
    await ask('/session/oidc', { base: other.url });
    expect(asked.at(-1)?.origin).toBe('https://crossdock.example');
    expect((await signIn('right', other.url)).headers['set-cookie']).toContain('Secure');
    await other.gateway.close();
  });
});

describe('the door where people come in', () => {
  test('keeps a cookie that no script sees, and forgets it', async () => {
    const inside = await signIn('right');
    expect(inside.status).toBe(204);
    expect(inside.headers['set-cookie']).toBe('crossdock_session=secret-1; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
    expect(inside.headers['cache-control']).toBe('no-store');
    const out = await ask('/session', { method: 'DELETE', headers: { ...cookie, ...sameOrigin } });
    expect(out.headers['set-cookie']).toBe('crossdock_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
    expect((await ask('/api/things/v1/who', { headers: cookie })).status).toBe(401);
  });

  test.each([{ origin: 'https://HOST' }, { ...sameOrigin, 'x-forwarded-proto': 'https' }])(
    'keeps it for https alone where the browser came so: %j',
    async (headers: Record<string, string>) => {
      const own = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace('HOST', new URL(tried.url).host)]),
      );
      expect((await signIn('right', tried.url, own)).headers['set-cookie']).toContain('; Secure');
    },
  );

  test('tells its handlers what was asked', async () => {
    await ask('/session/oidc?code=1&code=2&state=%20x', { headers: cookie });
    expect(asked.at(-1)).toMatchObject({
      body: undefined,
      cookies: { other: '1', crossdock_session: 'secret-1' },
      query: { code: '1', state: ' x' },
      url: '/session/oidc?code=1&code=2&state=%20x',
      origin: tried.url,
      address: '127.0.0.1',
    });
  });

  test('sends the browser where it shall go', async () => {
    const { status, headers } = await ask('/session/oidc');
    expect(status).toBe(303);
    expect(headers.location).toContain('https://login.example/');
  });

  test('takes nothing from another site, and no other methods', async () => {
    const other = await signIn('right', tried.url, { 'sec-fetch-site': 'cross-site' });
    expect(other.json).toMatchObject({ status: 403, code: 'cross-origin-refused' });
    expect(asked).toEqual([]);
    const put = await ask('/session', { method: 'PUT' });
    expect(put.json).toMatchObject({ status: 405 });
    expect(put.headers.allow).toBe('POST, DELETE');
  });

  test('a body that is no JSON, or too large, is refused', async () => {
    const large = await signIn('x'.repeat(20_000));
    expect(large.json).toMatchObject({ status: 413 });
    const answer = await request(`${tried.url}/session`, {
      method: 'POST',
      headers: { ...sameOrigin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1',
    });
    expect(answer.statusCode).toBe(415);
    await answer.body.dump();
  });

  test('passwords cannot be tried for long, not even many at once, and the right one does not tell', async () => {
    const other = await start({ signInTries: { requests: 5, seconds: 3_600 } });
    expect((await signIn('right', other.url)).status).toBe(204);
    const refused = await signIn('wrong', other.url);
    expect(refused.json).toMatchObject({ status: 401, code: 'sign-in-refused' });
    const many = await Promise.all(Array.from({ length: 40 }, () => signIn('wrong', other.url)));
    expect(many.filter(({ status }) => status === 401)).toHaveLength(4);
    expect(many.filter(({ status }) => status === 429)).toHaveLength(36);
    const late = await signIn('right', other.url);
    expect(late.json).toMatchObject({ status: 429, code: 'rate-limited' });
    expect(Number(late.headers['retry-after'])).toBeGreaterThan(1);
    await other.gateway.close();
  });

  test('what is good, and what is our own fault, counts for nothing', async () => {
    for (let n = 0; n < 8; n += 1) expect((await signIn('right')).status).toBe(204);
    for (let n = 0; n < 8; n += 1) expect((await signIn('broken')).status).toBe(500);
    expect((await signIn('right')).status).toBe(204);
  });

  test('no cookie and no password goes into the log', async () => {
    await ask('/api/things/v1/who', { headers: cookie });
    await signIn('right');
    await signIn('broken');
    await ask('/session/oidc?code=secret-code', { headers: cookie });
    const log = tried.lines.join('\n');
    expect(log).toContain('person:olga'.split(':')[1]);
    expect(log).not.toMatch(/secret-1|secret-code|right|crossdock_session/);
  });

  test('a route outside of /session does not start', async () => {
    const route = { ...people.routes[0], path: '/api/session' } as PeopleDoor['routes'][number];
    const outside = { ...people, routes: [route] };
    await expect(gatewayWith({ database: own.database, needs: {}, people: outside })).rejects.toThrow('/session');
  });
});

describe('a text answer', () => {
  test('is a file with a name that is safe', async () => {
    const { status, headers, text } = await ask('/api/things/v1/things.csv', { headers: cookie });
    expect(status).toBe(200);
    expect(text).toBe('a,b\r\n1,ü\r\n');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="all-things-..-x.csv"');
  });

  test('is in the document as what it is', async () => {
    const { json } = await ask('/api/things/v1/openapi.json');
    expect(json.paths['/things.csv'].get.responses['200'].content).toEqual({
      'text/csv': { schema: { type: 'string' } },
    });
  });
});

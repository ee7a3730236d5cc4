import { once } from 'node:events';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import { Type } from 'typebox';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { defineApi } from '../api.ts';
import { isStream, readRoute, writeRoute } from '../route.ts';
import { makeKey } from './api-key.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { createKey } from './key-store.ts';

interface Needs {
  calls: unknown[];
  fail?: unknown;
  wait?: (closing: AbortSignal) => Promise<void>;
}

const closed = { additionalProperties: false };
const Thing = Type.Object({ name: Type.String(), size: Type.Optional(Type.Integer()) }, closed);
const Path = Type.Object({ thing: Type.String({ pattern: '^[a-z0-9]{1,20}$' }) }, closed);

const things = defineApi<Needs>({
  product: 'things',
  version: 'v1',
  title: 'Things',
  description: 'Of all kinds.',
  owner: 'us',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 100_000, seconds: 1 },
  problems: { 'thing-broken': { kind: 'conflict', title: 'It is broken' } },
  routes: [
    readRoute<Needs>()({
      name: 'showThing',
      path: '/things/{thing}',
      summary: 'Show',
      access: { scope: 'things:read' },
      params: Path,
      query: Type.Object({ page: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$' })) }, closed),
      answers: { ok: Thing },
      problems: ['thing-broken'],
      handle: async ({ params, consumer, waitMs, closing }, needs) => {
        needs.calls.push({ params, consumer, waitMs });
        if (needs.fail !== undefined) throw needs.fail;
        await needs.wait?.(closing);
        if (params.thing === 'broken') return { problem: 'thing-broken', detail: 'It broke.' };
        if (params.thing === 'odd') return { problem: 'never-declared', detail: 'x' };
        return { outcome: 'ok', body: { name: params.thing } };
      },
    }),
    writeRoute<Needs>()({
      name: 'makeThing',
      method: 'POST',
      path: '/things',
      summary: 'Make',
      access: { scope: 'things:write' },
      body: Thing,
      remembers: 'gateway',
      answers: { created: Thing },
      problems: [],
      findMore: () => [{ code: 'also', path: '/also', message: 'This too.' }],
      handle: async ({ body, intent }, needs) => {
        needs.calls.push({ body, intent });
        return { outcome: 'created', body, ...(intent.repeated ? { replayed: true } : {}) };
      },
    }),
  ],
});

let own: TestDatabase;
let gateway: Gateway;
let url: string;
let key: string;
let reader: string;
let lines: string[];
const needs: Needs = { calls: [] };
const agent = new Agent({ pipelining: 0 });

const start = async (options: GatewayOptions = {}) => {
  const made = createGateway(
    {
      apis: [things],
      needs,
      database: own.database,
      log: createLog({ destination: { write: (line) => void lines.push(line) } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true, ...options },
  );
  return { gateway: made, ...(await made.listen()) };
};

beforeAll(async () => {
  own = await testDatabase();
  lines = [];
  ({ key } = await createKey(own.database, { consumer: 'shop', scopes: ['things:read', 'things:write'] }));
  ({ key: reader } = await createKey(own.database, { consumer: 'reader', scopes: ['things:read'] }));
  ({ gateway, url } = await start({ bodyLimit: 100_000 }));
});
afterAll(async () => {
  await gateway.close();
  await agent.close();
  await own.drop();
});
beforeEach(() => {
  needs.calls = [];
  delete needs.fail;
  delete needs.wait;
  lines.length = 0;
});

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'HEAD';
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly base?: string;
}
const authorized = () => ({ authorization: `Bearer ${key}` });

async function ask({
  method = 'GET',
  path = '/api/things/v1/things/a',
  headers = authorized(),
  body,
  base = url,
}: Asked) {
  const answer = await request(base + path, { method, headers, body: body ?? null, dispatcher: agent });
  const text = await answer.body.text();
  const type = String(answer.headers['content-type'] ?? '');
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text,
    json: type.includes('json') && method !== 'HEAD' ? JSON.parse(text) : undefined,
  };
}

let count = 0;
const post = (body: string | Buffer, headers: Record<string, string> = {}) => {
  count += 1;
  const all = { ...authorized(), 'content-type': 'application/json', 'idempotency-key': `k-${count}`, ...headers };
  return ask({ method: 'POST', path: '/api/things/v1/things', headers: all, body });
};

function expectProblem({ headers, json }: Awaited<ReturnType<typeof ask>>, status: number, code: string): void {
  expect(json).toMatchObject({
    type: `https://crossdock.dev/problems/${code}`,
    title: expect.stringMatching(/./),
    status,
    code,
    detail: expect.stringMatching(/./),
    retryable: expect.any(Boolean),
    instance: expect.stringMatching(/^urn:uuid:/),
    errors: expect.any(Array),
  });
  expect(headers['content-type']).toContain('application/problem+json');
}

describe('a question', () => {
  test('reaches its handler with who asks, and is answered', async () => {
    const answer = await ask({ headers: { ...authorized(), prefer: 'wait=3' } });
    expect(answer).toMatchObject({ status: 200, json: { name: 'a' } });
    expect(needs.calls).toEqual([{ params: { thing: 'a' }, consumer: 'shop', waitMs: 3_000 }]);
    expect(answer.headers).toMatchObject({
      'ratelimit-policy': '"standard";q=100000;w=1',
      ratelimit: expect.stringMatching(/^"standard";r=\d+;t=\d+$/),
    });
  });

  test('the key may stand in X-API-Key', async () => {
    expect((await ask({ headers: { 'x-api-key': key } })).status).toBe(200);
  });

  test('a problem of the API has its own code and the status of its kind', async () => {
    expectProblem(await ask({ path: '/api/things/v1/things/broken' }), 409, 'thing-broken');
    expectProblem(await ask({ path: '/api/things/v1/things/odd' }), 500, 'internal-error');
  });

  test('path and query are checked, and nothing unknown passes', async () => {
    const answer = await ask({ path: '/api/things/v1/things/A%00?page=x&debug=1&page=2' });
    expectProblem(answer, 422, 'invalid-request');
    expect(answer.json.errors).toMatchObject([
      { in: 'path', path: '/thing' },
      { in: 'query', path: '/debug', code: 'unknown-member' },
      { in: 'query', path: '/page' },
    ]);
    expect(needs.calls).toEqual([]);
  });
});

describe('who may', () => {
  test.each([
    ['no key', () => ({}), 'credentials-missing'],
    ['another scheme', () => ({ authorization: 'Basic abc' }), 'credentials-missing'],
    ['a made-up key', () => ({ authorization: `Bearer ${makeKey().key}` }), 'credentials-refused'],
    ['half a key', () => ({ authorization: `Bearer ${key.slice(0, 40)}` }), 'credentials-refused'],
    ['an SQL', () => ({ 'x-api-key': "' or 1=1 --" }), 'credentials-refused'],
  ])('%s is refused', async (_, headers, code) => {
    const answer = await ask({ headers: headers() as Record<string, string> });
    expectProblem(answer, 401, code);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  test('a key without the scope may not, and is told which one it lacks', async () => {
    const headers = { authorization: `Bearer ${reader}`, 'content-type': 'application/json', 'idempotency-key': 'r-1' };
    const answer = await ask({ method: 'POST', path: '/api/things/v1/things', headers, body: '{"name":"a"}' });
    expectProblem(answer, 403, 'scope-missing');
    expect(answer.json.detail).toContain('things:write');
    expect(needs.calls).toEqual([]);
  });

  test('guessing keys is slowed down by address', async () => {
    const other = await start();
    const answers = [];
    for (let guess = 0; guess < 60; guess += 1) {
      answers.push(await ask({ base: other.url, headers: { authorization: `Bearer ${makeKey().key}` } }));
    }
    expectProblem(answers.at(-1) as (typeof answers)[0], 429, 'rate-limited');
    expect((await ask({ base: other.url })).status).toBe(200);
    await other.gateway.close();
  });

  test('too many requests of one consumer are told when to come again; others are unhurt', async () => {
    const other = await start({ plan: { name: 'tiny', requests: 2, seconds: 60 } });
    const answers = [];
    for (let each = 0; each < 3; each += 1) answers.push(await ask({ base: other.url }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expectProblem(answers[2] as (typeof answers)[0], 429, 'rate-limited');
    expect(answers[2]).toMatchObject({
      json: { retryable: true },
      headers: { 'retry-after': '30', ratelimit: '"tiny";r=0;t=60' },
    });
    expect((await ask({ base: other.url, headers: { 'x-api-key': reader } })).status).toBe(200);
    await other.gateway.close();
  });
});

describe('a write', () => {
  test('needs an Idempotency-Key that can be used', async () => {
    const headers = { ...authorized(), 'content-type': 'application/json' };
    const without = await ask({ method: 'POST', path: '/api/things/v1/things', headers, body: '{"name":"a"}' });
    expectProblem(without, 400, 'idempotency-key-missing');
    expect(without.json.errors).toMatchObject([{ in: 'header', path: '/idempotency-key', code: 'required' }]);
    expectProblem(await post('{"name":"a"}', { 'idempotency-key': 'x'.repeat(101) }), 400, 'idempotency-key-malformed');
    expectProblem(await post('{"name":"a"}', { 'idempotency-key': 'a b' }), 400, 'idempotency-key-malformed');
    expect(needs.calls).toEqual([]);
  });

  test('fifty at once with one key are one intent; the same key for another is refused', async () => {
    const one = { 'idempotency-key': 'same' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => post('{"name":"a","size":1}', one)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    // Members in another order mean the same.
    expect((await post('{"size":1, "name":"a"}', one)).headers['idempotency-replayed']).toBe('true');
    expectProblem(await post('{"name":"b"}', one), 422, 'idempotency-key-reused');
  });

  test('the key of another consumer is another key', async () => {
    const { key: theirs } = await createKey(own.database, { consumer: 'other', scopes: ['things:write'] });
    await post('{"name":"a"}', { 'idempotency-key': 'shared' });
    const answer = await post('{"name":"b"}', { 'idempotency-key': 'shared', authorization: `Bearer ${theirs}` });
    expect(answer).toMatchObject({ status: 201, json: { name: 'b' } });
  });

  test('everything wrong comes back at once, with what the handler knows beside the form', async () => {
    const answer = await post('{"size":"1","extra":1}');
    expectProblem(answer, 422, 'invalid-request');
    expect(answer.json.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      '/also',
      '/extra',
      '/name',
      '/size',
    ]);
    expect(answer.json.detail).toContain('4 things');
    expect(needs.calls).toEqual([]);
  });

  test('no type is converted and no member is taken out', async () => {
    for (const body of [
      '{"name":1}',
      '{"name":null}',
      '{"name":"a","size":"1"}',
      '{"name":"a","size":1.5}',
      '[]',
      'null',
      '"a"',
    ]) {
      expectProblem(await post(body), 422, 'invalid-request');
    }
    expect(needs.calls).toEqual([]);
  });
});

describe('a bad body', () => {
  test('10 MB get their answer through an ordinary client too', async () => {
    for (let round = 0; round < 20; round += 1) {
      const answer = await fetch(`${url}/api/things/v1/things`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json', 'idempotency-key': `big-${round}` },
        body: new Uint8Array(10_000_000).fill(0x20),
      });
      expect(await answer.json()).toMatchObject({ status: 413, code: 'body-too-large' });
    }
  });

  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  test.each([
    ['broken JSON', '{"name":"a"', {}, 400, 'malformed-json'],
    ['nothing', '', {}, 400, 'malformed-json'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), {}, 400, 'malformed-json'],
    ['__proto__', '{"name":"a","__proto__":{"admin":true}}', {}, 400, 'forbidden-content'],
    ['constructor', '{"name":"a","constructor":{"prototype":{}}}', {}, 400, 'forbidden-content'],
    ['NUL', '{"name":"a\\u0000b"}', {}, 400, 'forbidden-content'],
    ['a lone surrogate', '{"name":"\\ud83d"}', {}, 400, 'forbidden-content'],
    ['depth 10,000', deep, {}, 400, 'forbidden-content'],
    ['a member twice', '{"name":"a","name":"b"}', {}, 400, 'forbidden-content'],
    ['1e999', '{"name":"a","size":1e999}', {}, 400, 'forbidden-content'],
    ['a huge number', '{"name":"a","size":1e300}', {}, 201, ''],
    ['another type', 'name=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    ['XML', '<a/>', { 'content-type': 'text/xml' }, 415, 'unsupported-media-type'],
    [
      'another charset',
      '{"name":"a"}',
      { 'content-type': 'application/json; charset=utf-16' },
      415,
      'unsupported-media-type',
    ],
    ['compressed', '{"name":"a"}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['a million elements', `[${'1,'.repeat(40_000)}1]`, {}, 422, 'invalid-request'],
  ])('%s', async (_, body, headers, status, code) => {
    const answer = await post(body, headers as Record<string, string>);
    if (status === 201) expect(answer.status).toBe(201);
    else {
      expectProblem(answer, status, code);
      expect(needs.calls).toEqual([]);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('10 MB are refused at once, announced or not, and memory stays', async () => {
    const big = Buffer.alloc(10_000_000, 0x20);
    for (const chunked of [false, true]) {
      const answer = await rawPost(big, chunked);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"code":"body-too-large"');
      expect(answer).toContain('100000 bytes');
    }
    expect(needs.calls).toEqual([]);
  });
});

/** Over a bare socket, so that the answer is read while the body is still being sent. */
function rawPost(body: Buffer, chunked: boolean): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname);
    const done = () => resolve(answer);
    socket.on('data', (data) => {
      answer += data.toString();
      if (answer.includes('}')) socket.destroy();
    });
    socket.on('error', done);
    socket.on('close', done);
    const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    socket.write(
      `POST /api/things/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nIdempotency-Key: big\r\n` +
        `Content-Type: application/json\r\n${length}\r\n\r\n`,
    );
    if (chunked) socket.write(`${body.length.toString(16)}\r\n`);
    socket.write(body);
  });
}

function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (data) => {
      answer += data.toString();
    });
    socket.on('error', () => resolve(answer));
    socket.on('close', () => resolve(answer));
  });
}

describe('addresses', () => {
  test('what is not there, and what does not take the method', async () => {
    expectProblem(await ask({ path: '/api/things/v2/things' }), 404, 'not-found');
    expectProblem(await ask({ path: `/api/things/v1/things/${'a'.repeat(300)}` }), 404, 'not-found');
    expectProblem(await ask({ path: '/api/things/v1/things/%E0%A4' }), 400, 'malformed-request');
    const wrong = await ask({ method: 'PUT', path: '/api/things/v1/things/a' });
    expectProblem(wrong, 405, 'method-not-allowed');
    expect(wrong.headers.allow).toBe('GET');
    expect((await ask({ method: 'HEAD' })).status).toBe(405);
  });

  test('bytes that are no request get a problem as well', async () => {
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"malformed-request"/);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [\s\S]*headers-too-large/,
    );
    const lying = `POST /api/things/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await raw(lying)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a client that sends slower than it may is answered and cut off', async () => {
    const slow = await start({ requestTimeoutMs: 300 });
    const { hostname, port } = new URL(slow.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () =>
        socket.write('POST /api/things/v1/things HTTP/1.1\r\nHost: x\r\n'),
      );
      socket.on('data', (data) => {
        text += data.toString();
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"request-timeout"/);
    await slow.gateway.close();
  });
});

describe('when something of ours fails', () => {
  test('a defect is told without its words and its stack, and logged with both', async () => {
    needs.fail = new Error('secret detail of ours');
    const answer = await ask({});
    expectProblem(answer, 500, 'internal-error');
    expect(answer.text).not.toMatch(/secret detail|\bat .*\.ts/);
    const logged = lines.map((line) => JSON.parse(line)).find(({ err }) => err !== undefined);
    expect(logged).toMatchObject({ err: { message: 'secret detail of ours', stack: expect.stringContaining('.ts') } });
    expect(answer.json.instance).toBe(`urn:uuid:${logged.request}`);
  });

  test('something thrown that is no error is a defect too', async () => {
    needs.fail = 'just text';
    expectProblem(await ask({}), 500, 'internal-error');
  });

  test('something away for a time is 503, to be tried again', async () => {
    for (const fail of [
      Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('no space left on device'), { code: '53100' }),
      new Fault('transient', { code: 'away', message: 'm' }),
    ]) {
      needs.fail = fail;
      const answer = await ask({});
      expectProblem(answer, 503, 'unavailable');
      expect(answer).toMatchObject({ json: { retryable: true }, headers: { 'retry-after': '2' } });
    }
  });
});

describe('around the APIs', () => {
  test('the log has one line for each request, with who and what and no secret', async () => {
    await ask({ path: `/api/things/v1/things/a?api_key=${key}` });
    await ask({ path: `/api/things/v1/things/${key}` });
    const text = lines.join('');
    expect(text).not.toContain(key.slice(21));
    expect(lines.map((line) => JSON.parse(line))[0]).toMatchObject({
      consumer: 'shop',
      status: 422,
      path: '/api/things/v1/things/a',
    });
  });

  test('health and metrics are open', async () => {
    const open = { headers: {} };
    expect(await ask({ ...open, path: '/health/live' })).toMatchObject({ status: 200, json: { status: 'alive' } });
    expect(await ask({ ...open, path: '/health/ready' })).toMatchObject({ status: 200, json: { status: 'ready' } });
    const metrics = await ask({ ...open, path: '/metrics' });
    expect(metrics.text).toMatch(
      /http_request_duration_seconds_count\{api="things",operation="showThing",status="200"\} \d+/,
    );
  });

  test('a node of which a part does not work is not ready, and names the part', async () => {
    const other = await start({ checks: { engine: () => Promise.reject(new Error('internals')) } });
    const answer = await ask({ base: other.url, path: '/health/ready', headers: {} });
    expectProblem(answer, 503, 'unavailable');
    expect(answer.json.errors).toMatchObject([{ path: '/engine' }]);
    expect(answer.text).not.toContain('internals');
    await other.gateway.close();
  });

  test('the OpenAPI document has every route, with the schemas that validate', async () => {
    const { json } = await ask({ path: '/api/things/v1/openapi.json', headers: {} });
    expect(json).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Things', version: 'v1', 'x-owner': 'us', 'x-lifecycle': 'active' },
      paths: {
        '/things/{thing}': {
          get: {
            operationId: 'showThing',
            security: [{ bearer: ['things:read'] }, { apiKey: ['things:read'] }, { session: ['things:read'] }],
            parameters: [
              { name: 'thing', in: 'path', required: true, schema: { type: 'string', pattern: '^[a-z0-9]{1,20}$' } },
              { name: 'page', in: 'query', required: false },
            ],
            responses: { 200: {}, 404: {}, 409: { description: expect.stringContaining('thing-broken') } },
          },
        },
        '/things': {
          post: {
            requestBody: {
              content: { 'application/json': { schema: { additionalProperties: false, required: ['name'] } } },
            },
            parameters: [{ name: 'Idempotency-Key', required: true }, { name: 'Prefer' }],
          },
        },
      },
    });
  });

  test('closing ends waiting, finishes what is under way, and takes no more', async () => {
    const other = await start();
    needs.wait = (closing) => new Promise((resolve) => closing.addEventListener('abort', () => resolve()));
    const waiting = ask({ base: other.url });
    while (needs.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await other.gateway.close();
    expect((await waiting).status).toBe(200);
    await expect(ask({ base: other.url })).rejects.toThrow();
  });

  test('closing does not wait for a connection on which nothing was ever asked', async () => {
    const other = await start();
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    const gone = once(socket, 'close');
    await once(socket, 'connect');
    // A second one that was served is idle, and no hindrance either.
    expect((await ask({ base: other.url })).status).toBe(200);
    await other.gateway.close();
    await gone;
  });

  test('an answer that is not as declared is a defect, where answers are checked', async () => {
    const wrong = {
      ...things,
      routes: things.routes.flatMap((route) =>
        isStream(route) ? [] : { ...route, handle: async () => ({ outcome: 'ok' as const, body: { other: 1 } }) },
      ),
    };
    const other = createGateway(
      {
        apis: [wrong],
        needs,
        database: own.database,
        log: createLog({ level: 'silent' }),
        metrics: { registry: new Registry() },
      },
      { checkAnswers: true },
    );
    const { url: base } = await other.listen();
    expectProblem(await ask({ base }), 500, 'internal-error');
    await other.close();
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Type } from 'typebox';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { defineApi } from '../../api.ts';
import { streamRoute } from '../../stream-route.ts';
import { gatewayWith, type TriedGateway } from '../../testing/index.ts';
import type { StreamOptions } from '../gateway.ts';
import { createKey, revokeKey } from '../key-store.ts';

interface Asked {
  readonly by: string;
  readonly closing: AbortSignal;
}

interface Needs {
  readonly asked: Asked[];
  tell: (asked: Asked) => AsyncIterable<{ readonly event: 'ticked'; readonly data: { readonly n: number } }>;
}

const clock = defineApi<Needs>({
  ...{ product: 'clock', version: 'v1', title: 'Clock', description: 'Ticks.', owner: 'us', lifecycle: 'active' },
  plan: { name: 'standard', requests: 100_000, seconds: 1 },
  problems: {},
  routes: [
    streamRoute<Needs>()({
      name: 'ticks',
      path: '/ticks',
      summary: 'Every tick',
      access: { scope: 'clock:read' },
      query: Type.Object(
        { from: Type.Optional(Type.String({ pattern: '^[0-9]+$' })) },
        { additionalProperties: false },
      ),
      problems: [],
      events: { ticked: Type.Object({ n: Type.Integer() }) },
      missed: () => [{ event: 'ticked', data: { n: -1 } }],
      handle: (asked, needs) => {
        needs.asked.push(asked);
        return needs.tell(asked);
      },
    }),
  ],
});

let own: TestDatabase;
let key: { readonly id: string; readonly key: string };
let other: { readonly key: string };
const needs: Needs = { asked: [], tell: async function* () {} };
const agent = new Agent({ connections: null, pipelining: 0 });
let tried: TriedGateway | undefined;

beforeAll(async () => {
  own = await testDatabase();
  key = await createKey(own.database, { consumer: 'watcher', scopes: ['clock:read'] });
  other = await createKey(own.database, { consumer: 'stranger', scopes: ['other:read'] });
});
afterEach(async () => {
  await tried?.gateway.close();
  tried = undefined;
  needs.asked.length = 0;
});
afterAll(async () => {
  await agent.close();
  await own.drop();
});

const start = async (streams: StreamOptions = {}): Promise<TriedGateway> => {
  tried = await gatewayWith({ database: own.database, apis: [clock], needs }, { streams });
  return tried;
};

const open = (query = '', presented = key.key) =>
  request(`${tried?.url}/api/clock/v1/ticks${query}`, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${presented}` },
  });

/** Ticks until it is told to end. */
async function* untilClosed({ closing }: Asked): AsyncGenerator<{ event: 'ticked'; data: { n: number } }> {
  yield { event: 'ticked', data: { n: 1 } };
  if (!closing.aborted) await once(closing, 'abort');
}

const streamsOpen = async (): Promise<number> => {
  const { body } = await request(`${tried?.url}/metrics`);
  return Number(/^http_event_streams (\d+)$/m.exec(await body.text())?.[1]);
};

/** A reader that never reads, after it was let in. */
async function openAndStall(): Promise<Socket> {
  const socket = connect(Number(new URL(tried?.url ?? '').port), '127.0.0.1');
  socket.write(`GET /api/clock/v1/ticks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key.key}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

describe('a stream of events', () => {
  test('tells its events as they come, and ends with its source', async () => {
    await start();
    needs.tell = async function* () {
      yield { event: 'ticked', data: { n: 1 } };
      yield { event: 'ticked', data: { n: 2 } };
    };
    const { statusCode, headers, body } = await open('?from=1');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'ratelimit-policy': '"standard";q=100000;w=1',
    });
    expect(await body.text()).toMatch(
      /^retry: \d{4}\n\nevent: ticked\ndata: {"n":1}\n\nevent: ticked\ndata: {"n":2}\n\n$/,
    );
  });

  test('is for those who may, and asks well', async () => {
    await start();
    expect((await open('', 'nobody')).statusCode).toBe(401);
    expect((await open('', other.key)).statusCode).toBe(403);
    expect((await open('?from=x')).statusCode).toBe(422);
    expect(needs.asked).toEqual([]);
    expect(await streamsOpen()).toBe(0);
  });

  test('an event that is not as declared is never told, where that is checked', async () => {
    await start();
    needs.tell = async function* () {
      yield { event: 'ticked', data: { n: 'one' as unknown as number } };
    };
    await expect(open().then(({ body }) => body.text())).rejects.toThrow();
    expect(tried?.lines.join()).toContain('ticks told wrongly');
  });

  test('says from time to time that it is there', async () => {
    await start({ heartbeatMs: 10 });
    needs.tell = untilClosed;
    const { body } = await open();
    let text = '';
    for await (const part of body) {
      text += String(part);
      if (text.split('\n:\n').length > 3) break;
    }
    expect(text).toContain(':\n\n:\n\n');
  });

  test('ends for everybody when the node closes, in order', async () => {
    await start();
    needs.tell = untilClosed;
    const answers = await Promise.all([open(), open()]);
    await tried?.gateway.close();
    for (const { body } of answers) expect(await body.text()).toMatch(/data: {"n":1}\n\n$/);
    expect(needs.asked.map(({ closing }) => closing.aborted)).toEqual([true, true]);
  });

  test('ends when the caller goes, and so does what tells it', async () => {
    await start();
    needs.tell = untilClosed;
    const { body } = await open();
    expect(await streamsOpen()).toBe(1);
    body.on('error', () => undefined).destroy();
    await vi.waitFor(async () => expect(await streamsOpen()).toBe(0), 10_000);
    expect(needs.asked[0]?.closing.aborted).toBe(true);
  });

  test('ends when the key is revoked', async () => {
    await start({ recheckMs: 50 });
    needs.tell = untilClosed;
    const brief = await createKey(own.database, { consumer: 'brief', scopes: ['clock:read'] });
    const staying = await open();
    const { body } = await open('', brief.key);
    await revokeKey(own.database, brief.id);
    expect(await body.text()).toContain('data: {"n":1}');
    expect(tried?.lines.join()).toContain('may not listen any more');
    expect(await streamsOpen()).toBe(1);
    staying.body.on('error', () => undefined).destroy();
  });

  test('a caller has so many and no more, and gets places back', async () => {
    await start({ perCaller: 2 });
    needs.tell = untilClosed;
    const [first] = [await open(), await open()];
    const third = await open();
    expect(third.statusCode).toBe(429);
    expect(third.headers['retry-after']).toBe('5');
    expect(await third.body.json()).toMatchObject({ code: 'too-many-streams' });
    first?.body.on('error', () => undefined).destroy();
    await vi.waitFor(async () => expect(await streamsOpen()).toBe(1), 10_000);
    expect((await open()).statusCode).toBe(200);
  });

  test('a thousand at once: as many as there are places, each told, none forgotten', async () => {
    await start({ perCaller: 10_000, total: 900 });
    needs.tell = untilClosed;
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => open()));
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(900);
    expect(answers.filter(({ statusCode }) => statusCode === 503)).toHaveLength(100);
    expect(await streamsOpen()).toBe(900);
    await tried?.gateway.close();
    for (const { statusCode, body } of answers) {
      const text = await body.text();
      if (statusCode === 200) expect(text).toContain('{"n":1}');
    }
  });

  test('a reader who does not read costs no more than its buffer, and learns that it missed something', async () => {
    await start({ mostWaiting: 5, heartbeatMs: 1_000_000 });
    // Fifty megabytes: more than any buffer on the way holds.
    const total = 5_000;
    const long = 'x'.repeat(10_000);
    let told = 0;
    needs.tell = async function* ({ closing }) {
      for (; told < total && !closing.aborted; told += 1) {
        yield { event: 'ticked', data: { n: told, long } } as { event: 'ticked'; data: { n: number } };
        if (told % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      if (!closing.aborted) await once(closing, 'abort');
    };
    const socket = await openAndStall();
    await vi.waitFor(() => expect(told).toBe(total), 10_000);
    socket.setEncoding('utf8');
    let text = '';
    socket.on('data', (part: string) => {
      text += part;
    });
    // It hears to the end: that it missed something, and what came after that.
    const isUpToDate = (): boolean =>
      text.includes('{"n":-1}') && /"n":(-1|4999)\b(?!.*"n":)/s.test(text.slice(-60_000));
    await vi.waitFor(() => expect(isUpToDate()).toBe(true), 10_000);
    expect(text.split('event: ticked').length).toBeLessThan(total / 2);
    socket.destroy();
  });

  test('a reader who never reads is taken for gone', async () => {
    await start({ heartbeatMs: 20, patienceMs: 100, mostWaiting: 5 });
    const long = 'x'.repeat(100_000);
    needs.tell = async function* ({ closing }) {
      for (let n = 0; !closing.aborted; n += 1) {
        yield { event: 'ticked', data: { n, long } } as { event: 'ticked'; data: { n: number } };
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const socket = await openAndStall();
    await vi.waitFor(async () => expect(await streamsOpen()).toBe(0), 10_000);
    socket.destroy();
  });

  test('closing does not wait for a reader who never reads', async () => {
    await start({ mostWaiting: 5 });
    const long = 'x'.repeat(100_000);
    needs.tell = async function* ({ closing }) {
      for (let n = 0; n < 200 && !closing.aborted; n += 1)
        yield { event: 'ticked', data: { n, long } } as { event: 'ticked'; data: { n: number } };
      if (!closing.aborted) await once(closing, 'abort');
    };
    const socket = await openAndStall();
    const began = performance.now();
    await tried?.gateway.close();
    expect(performance.now() - began).toBeLessThan(4_000);
    socket.destroy();
  });

  test('is in the document, and its length is no latency', async () => {
    await start();
    needs.tell = async function* () {};
    await (await open()).body.text();
    const { body } = await request(`${tried?.url}/api/clock/v1/openapi.json`);
    expect(await body.json()).toMatchObject({
      paths: { '/ticks': { get: { responses: { 200: { content: { 'text/event-stream': {} } } } } } },
    });
    const metrics = await request(`${tried?.url}/metrics`);
    expect(await metrics.body.text()).not.toContain('operation="ticks"');
  });
});

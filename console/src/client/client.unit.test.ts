import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressOf } from './call.ts';
import { client } from './client.ts';
import { Problem } from './problem.ts';

let asked: { readonly url: string; readonly init: RequestInit }[];
let answer: () => Response;
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());
const json =
  (body: unknown, status = 200, type = 'application/json') =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': `${type}; charset=utf-8` } });
const headersOf = (at: number): Headers => new Headers(asked[at]?.init.headers);

describe('asking the platform', () => {
  test('fills the path and the query in, so that nothing breaks out of its place', () => {
    expect(
      addressOf('/api/a/v1/things/{thing}', { path: { thing: '../x?y' }, query: { b: 'c&d', e: undefined } }),
    ).toBe('/api/a/v1/things/..%2Fx%3Fy?b=c%26d');
  });

  test('names what may be any of several once for each', () => {
    expect(addressOf('/api/cases/v1/cases', { query: { key: ['SO-1', 'SO-1-EAST-1'], limit: '200' } })).toBe(
      '/api/cases/v1/cases?key=SO-1&key=SO-1-EAST-1&limit=200',
    );
  });

  test('gives the data, and reads without an idempotency key', async () => {
    answer = json({ lanes: [] });
    expect((await client.GET('/api/lanes/v1/lanes')).data).toEqual({ lanes: [] });
    expect(headersOf(0).has('idempotency-key')).toBe(false);
  });

  test('names each write by a key of its own, or by the one that is given', async () => {
    answer = json({});
    const pause = { params: { path: { lane: 'erp' } }, body: { reason: 'stock taking' } };
    await client.POST('/api/lanes/v1/lanes/{lane}/pause', pause);
    await client.POST('/api/lanes/v1/lanes/{lane}/pause', pause);
    await client.POST('/api/lanes/v1/lanes/{lane}/pause', { ...pause, headers: { 'idempotency-key': 'mine' } });
    const keys = asked.map((_, at) => headersOf(at).get('idempotency-key'));
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe('mine');
    expect(asked[0]).toMatchObject({
      url: '/api/lanes/v1/lanes/erp/pause',
      init: { method: 'POST', body: '{"reason":"stock taking"}', credentials: 'same-origin' },
    });
  });

  test('throws what was answered instead, with everything that is wrong', async () => {
    const errors = [{ code: 'required', path: '/reason', message: 'Give a reason.' }];
    answer = json(
      { code: 'invalid-request', title: 'Bad', detail: 'Give a reason.', errors },
      422,
      'application/problem+json',
    );
    const thrown = await client.GET('/api/lanes/v1/lanes').catch((problem: unknown) => problem);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({
      status: 422,
      code: 'invalid-request',
      message: 'Give a reason.',
      errors,
      retryable: false,
    });
  });

  test('knows a failure that is no problem document, like one of a proxy', async () => {
    answer = () => new Response('<html>bad gateway', { status: 502 });
    const thrown = await client.GET('/api/lanes/v1/lanes').catch((problem: unknown) => problem);
    expect(thrown).toMatchObject({ status: 502, code: 'unknown', retryable: true });
  });
});

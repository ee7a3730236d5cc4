import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineApi, readRoute, streamRoute, writeRoute } from '#platform/gateway';
import { productOf } from './index.ts';

const things = defineApi<object>({
  ...{
    product: 'things',
    version: 'v2',
    title: 'Things',
    description: 'Of all kinds.',
    owner: 'us',
    lifecycle: 'beta',
  },
  plan: { name: 'standard', requests: 10, seconds: 1 },
  problems: {},
  routes: [
    readRoute<object>()({
      ...{ name: 'ping', path: '/', summary: 'Ping', access: 'public', problems: [] },
      answers: { ok: Type.String() },
      handle: async () => ({ outcome: 'ok', body: '' }),
    }),
    writeRoute<object>()({
      ...{ name: 'make', method: 'POST', path: '/things', summary: 'Make', access: { scope: 'things:write' } },
      ...{ problems: [], remembers: 'gateway', body: Type.Object({}), answers: { ok: Type.String() } },
      handle: async () => ({ outcome: 'ok', body: '' }),
    }),
    streamRoute<object>()({
      ...{ name: 'watch', path: '/events', summary: 'Watch', access: { scope: 'things:read' }, problems: [] },
      ...{ events: { changed: Type.String() }, missed: () => [], handle: async function* () {} },
    }),
  ],
});

describe('an API as its consumers choose it', () => {
  test('says what it is, what may be asked of it, and who may', () => {
    expect(productOf(things)).toEqual({
      product: 'things',
      version: 'v2',
      title: 'Things',
      description: 'Of all kinds.',
      owner: 'us',
      lifecycle: 'beta',
      plan: { name: 'standard', requests: 10, seconds: 1 },
      scopes: ['things:read', 'things:write'],
      base: '/api/things/v2',
      openapi: '/api/things/v2/openapi.json',
      operations: [
        { name: 'ping', method: 'GET', path: '/', summary: 'Ping' },
        { name: 'make', method: 'POST', path: '/things', summary: 'Make', scope: 'things:write' },
        { name: 'watch', method: 'GET', path: '/events', summary: 'Watch', scope: 'things:read' },
      ],
    });
  });
});

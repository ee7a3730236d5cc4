import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import { defineApi } from '../api.ts';
import type { Access } from '../described-route.ts';
import { type AnswerRoute, type Route, readRoute } from '../route.ts';
import { streamRoute } from '../stream-route.ts';
import { compileRoutes } from './compiled-route.ts';

const route = (change: Partial<AnswerRoute<object>> = {}): AnswerRoute<object> => ({
  ...readRoute<object>()({
    name: 'show',
    path: '/things/{thing}',
    summary: 'Show',
    access: { scope: 'things:read' },
    params: Type.Object({ thing: Type.String() }),
    answers: { ok: Type.String() },
    problems: [],
    handle: async () => ({ outcome: 'ok', body: '' }),
  }),
  ...change,
});

const api = (...routes: readonly Route<object>[]) =>
  defineApi<object>({
    product: 'things',
    version: 'v1',
    title: 'Things',
    description: 'Of all kinds.',
    owner: 'us',
    lifecycle: 'active',
    plan: { name: 'p', requests: 1, seconds: 1 },
    problems: { lost: { kind: 'absent', title: 'Lost' } },
    routes,
  });

describe('an API that is compiled', () => {
  test('does not start when a stream declares no event', () => {
    const silent = streamRoute<object>()({
      ...{ name: 'watch', path: '/watch', summary: 'Watch', access: { scope: 'things:read' }, problems: [] },
      ...{ events: {}, missed: () => [], handle: async function* () {} },
    });
    expect(() => compileRoutes(api(silent))).toThrow('streams and declares no event');
  });

  test('has its address from product and version', () => {
    expect(compileRoutes(api(route()))[0]?.url).toBe('/api/things/v1/things/:thing');
  });

  test.each([
    ['has no access policy', { access: undefined as unknown as Access }],
    ['has no access policy', { access: {} as unknown as Access }],
    ['asks for scope other:read', { access: { scope: 'other:read' } }],
    ['writes and is public', { method: 'POST' as const, access: 'public' as const, remembers: 'gateway' as const }],
    ['does not say who remembers its key', { method: 'POST' as const }],
    ['names the unknown problem stolen', { problems: ['stolen'] }],
  ])('does not start when a route %s', (what, change) => {
    expect(() => compileRoutes(api(route(change)))).toThrow(what);
  });

  test('does not start with two routes of one name, or a problem named as one of the gateway', () => {
    expect(() => compileRoutes(api(route(), route({ path: '/others' })))).toThrow('has the name of another');
    const clashing = { ...api(route()), problems: { 'not-found': { kind: 'conflict', title: 'x' } as const } };
    expect(() => compileRoutes(clashing)).toThrow("not-found has the name of one of the gateway's");
  });

  test('a part without schema must be empty', () => {
    const [compiled] = compileRoutes(api(route()));
    expect(compiled?.failures('query', {})).toEqual([]);
    expect(compiled?.failures('query', { debug: '1' })).toMatchObject([{ in: 'query', code: 'unknown-member' }]);
    expect(compiled?.failures('body', { a: 1 })).toHaveLength(1);
  });
});

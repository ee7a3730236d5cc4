import { randomUUID } from 'node:crypto';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Replay, ReplayOutcome, ReplayState } from '#platform/exceptions';
import { createGateway, createKey, type Gateway } from '#platform/gateway/runtime';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { replaysV1 } from './api.ts';
import type { ReplaysNeeds } from './needs.ts';

let own: TestDatabase;
let gateway: Gateway;
let base: string;
let keys: Record<'planner' | 'approver' | 'reader', string>;
const at = '2026-03-01T00:00:00.000Z';
const asked: unknown[] = [];

const replay: Replay = {
  ...{ id: randomUUID(), subscriber: 'reactions', selection: {}, reason: 'r', state: 'planned', perSecond: 10 },
  ...{ plannedBy: 'api:planner', plannedAt: at, foreseen: { facts: 3, nothing: 3, something: 0, doubled: 0 } },
  ...{ told: 0, changed: 0, updatedAt: at },
};

/** A desk that does what it is told, so that the API alone is looked at. */
function fakeDesk(): ReplaysNeeds['replays'] {
  let now = replay;
  const find = async (id: string) => (id === now.id ? now : undefined);
  const act =
    (state: ReplayState) =>
    async (id: string, by: string, reason: string): Promise<ReplayOutcome> => {
      asked.push([state, by, reason]);
      if (id !== now.id) return { ok: false, refused: 'no-such-replay', because: 'none' };
      if (state === 'approved' && by === now.plannedBy) return { ok: false, refused: 'same-person', because: 'same' };
      if (now.state === state) return { ok: false, refused: 'wrong-state', because: `it is ${state}` };
      now = { ...now, state };
      return { ok: true, replay: now };
    };
  return {
    plan: async (request) => {
      asked.push(request);
      return request.subscriber === 'nobody'
        ? { ok: false, refused: 'no-such-subscriber', because: 'nobody' }
        : { ok: true, replay: now };
    },
    find,
    list: async () => [now],
    approve: act('approved'),
    start: act('running'),
    pause: act('paused'),
  };
}

beforeAll(async () => {
  own = await testDatabase();
  gateway = createGateway(
    {
      apis: [replaysV1],
      needs: { replays: fakeDesk() },
      database: own.database,
      log: createLog({ destination: { write: () => undefined } }),
      metrics: { registry: new Registry() },
    },
    { checkAnswers: true },
  );
  base = `${(await gateway.listen()).url}/api/replays/v1/replays`;
  const make = async (consumer: string, scopes: readonly string[]) =>
    (await createKey(own.database, { consumer, scopes })).key;
  keys = {
    planner: await make('planner', ['replays:read', 'replays:plan', 'replays:approve']),
    approver: await make('approver', ['replays:read', 'replays:approve']),
    reader: await make('reader', ['replays:read']),
  };
});
afterAll(async () => {
  await gateway.close();
  await own.drop();
});

async function ask(who: keyof typeof keys, path: string, body?: unknown, intent: string = randomUUID()) {
  const answer = await fetch(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${keys[who]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': intent }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as { readonly errors: readonly { readonly path: string }[] };
  return { status: answer.status, json };
}

test('a replay is planned, approved by another, started and stopped', async () => {
  const planned = await ask('planner', '', {
    subscriber: 'reactions',
    selection: { from: at, types: ['order.held'] },
    reason: 'lost news',
  });
  expect(planned).toMatchObject({ status: 201, json: { id: replay.id, foreseen: { facts: 3 } } });
  expect(asked.at(-1)).toMatchObject({
    by: 'api:planner',
    selection: { from: at, types: ['order.held'] },
    reason: 'lost news',
  });
  const of = `/${replay.id}`;
  expect(await ask('planner', `${of}/approval`, { reason: 'r' })).toMatchObject({
    status: 403,
    json: { code: 'same-person' },
  });
  expect(await ask('approver', `${of}/approval`, { reason: 'r' })).toMatchObject({
    status: 200,
    json: { state: 'approved' },
  });
  const intent = randomUUID();
  for (const _ of [1, 2])
    expect(await ask('planner', `${of}/start`, { reason: 'r' }, intent)).toMatchObject({
      status: 200,
      json: { state: 'running' },
    });
  expect(await ask('planner', `${of}/start`, { reason: 'r' })).toMatchObject({
    status: 409,
    json: { code: 'wrong-state' },
  });
  expect(await ask('planner', `${of}/stop`, { reason: 'r' })).toMatchObject({ json: { state: 'paused' } });
  expect(await ask('reader', of)).toMatchObject({ status: 200, json: { state: 'paused' } });
  expect(await ask('reader', '')).toMatchObject({ json: { replays: [{ id: replay.id }] } });
});

test('who may only read or approve plans and starts nothing', async () => {
  const body = { subscriber: 'reactions', selection: {}, reason: 'r' };
  for (const who of ['reader', 'approver'] as const) {
    expect((await ask(who, '', body)).status).toBe(403);
    expect((await ask(who, `/${replay.id}/start`, { reason: 'r' })).status).toBe(403);
    expect((await ask(who, `/${replay.id}/stop`, { reason: 'r' })).status).toBe(403);
  }
  expect((await ask('reader', `/${replay.id}/approval`, { reason: 'r' })).status).toBe(403);
});

test('what is wrong is named', async () => {
  const wrong = await ask('planner', '', {
    subscriber: 'reactions',
    selection: { since: at, types: [] },
    perSecond: 0,
  });
  expect(wrong.status).toBe(422);
  expect(wrong.json.errors.map(({ path }) => path).toSorted()).toEqual([
    '/perSecond',
    '/reason',
    '/selection/since',
    '/selection/types',
  ]);
  expect(await ask('planner', '', { subscriber: 'nobody', selection: {}, reason: 'r' })).toMatchObject({
    status: 409,
    json: { code: 'no-such-subscriber' },
  });
  expect(await ask('reader', `/${randomUUID()}`)).toMatchObject({ status: 404, json: { code: 'no-such-replay' } });
});

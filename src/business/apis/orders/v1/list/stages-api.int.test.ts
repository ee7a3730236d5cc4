import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { OrderStages, TodaysTrucks } from '../list-schema.ts';
import { createFakeRuns } from '../testing/fake-runs.ts';
import { listsOf, startOrdersGateway } from '../testing/orders-gateway.ts';
import { type PutOrder, putCase, putOrder } from '../testing/put-order.ts';
import type { ShutLane } from './needs.ts';

const now = '2026-03-02T12:00:00.000Z';
const hour = (at: number): string => `2026-03-02T${String(at).padStart(2, '0')}:00:00.000Z`;
const today = '2026-03-02T23:59:59.000Z';
const shut = new Map<string, ShutLane>();

let own: TestDatabase;
let api: Awaited<ReturnType<typeof startOrdersGateway>>;
beforeAll(async () => {
  own = await testDatabase();
  const lists = {
    ...listsOf(own.database),
    shutLanes: async () => shut,
    systemOf: (capability: string, site: string) => (capability === 'fulfilment' ? `wms-${site}` : 'erp-main'),
  };
  api = await startOrdersGateway(own, createFakeRuns(), { lists }, { clock: { now: () => now } });
});
afterEach(async () => {
  shut.clear();
  await own.database.pool.query('truncate run, standing, standing_term, standing_party, stay, case_record');
});
afterAll(async () => {
  await api.close();
  await own.drop();
});

const put = (order: PutOrder): Promise<string> => putOrder(own.database, order);
async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await api.ask(`/api/orders/v1/${path}`, { key: api.keys.finance });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Answer;
}

/** A stay that is over. */
const stayed = (run: string, visit: number, flow: string, state: string, from: string, to: string, movedTo: string) =>
  own.database.pool.query(
    'insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to) values ($1, $2, $3, $4, $5, $6, $7)',
    [run, visit, flow, state, from, to, movedTo],
  );

describe('stages', () => {
  test('stand in the order in which an order passes them, also where nobody is', async () => {
    const { stages } = await ask<OrderStages>('stages');
    expect(stages.map(({ state, kind }) => `${state} ${kind}`)).toEqual([
      'checking working',
      'held held',
      'reserving working',
      'awaiting-stock waiting',
      'booking working',
      'fulfilling working',
      'invoicing-charges working',
      'awaiting-remainder waiting',
      'closing working',
      'completed ended',
      'cancelled ended',
      'compensated ended',
    ]);
    expect(stages.every(({ count, worth }) => count === 0 && worth.length === 0)).toBe(true);
  });

  test('tell how many, since when, for how much, and which have cases', async () => {
    const held = await put({ key: '1', state: 'held', enteredAt: hour(8), worth: '10' });
    await put({ key: '2', state: 'held', enteredAt: hour(10), worth: '5.5' });
    await put({ key: '3', state: 'held', enteredAt: hour(11), worth: '7', currency: 'EUR' });
    const fulfilling = await put({ key: '4', state: 'fulfilling' });
    const part = await put({ key: '4-NORTH-1', of: '4', state: 'released' });
    await putCase(own.database, held, 'order-to-cash', '1', 'x');
    await putCase(own.database, part, 'fulfilment', '4-NORTH-1', 'x');
    await put({ key: '5', state: 'completed', phase: 'ended', enteredAt: '2026-03-01T23:00:00.000Z' });
    const { stages, asOf } = await ask<OrderStages>('stages');
    const of = (state: string) => stages.find((stage) => stage.state === state);
    expect(asOf).toBe(now);
    expect(of('held')).toMatchObject({ count: 3, oldestEnteredAt: hour(8), medianAgeSeconds: 2 * 3_600, withCases: 1 });
    expect(of('held')?.worth).toEqual(
      expect.arrayContaining([
        { amount: '15.5', currency: 'GBP' },
        { amount: '7', currency: 'EUR' },
      ]),
    );
    expect(of('fulfilling')).toMatchObject({ count: 1, withCases: 1 });
    expect(of('completed')).toMatchObject({ count: 0 });
    expect(fulfilling).toMatch(/./);
  });

  test('tell which way orders went and how the day is', async () => {
    const id = await put({ key: '1', state: 'completed', phase: 'ended', startedAt: hour(8), enteredAt: hour(11) });
    const part = await put({ key: '1-NORTH-1', of: '1', state: 'shipped', phase: 'ended' });
    await put({ key: '2', state: 'fulfilling', startedAt: '2026-03-01T10:00:00.000Z' });
    await put({ key: '2-NORTH-1', of: '2', state: 'issuing', enteredAt: hour(11) });
    await put({
      key: '3',
      state: 'cancelled',
      phase: 'ended',
      startedAt: '2026-03-01T10:00:00.000Z',
      enteredAt: hour(9),
    });
    await stayed(id, 1, 'order-to-cash', 'checking', hour(8), hour(9), 'reserving');
    await stayed(id, 2, 'order-to-cash', 'reserving', hour(9), hour(11), 'booking');
    await stayed(part, 4, 'fulfilment', 'issuing', hour(10), hour(11), 'invoicing');
    const { moves, today: counted, stages } = await ask<OrderStages>('stages');
    expect(moves).toEqual(
      expect.arrayContaining([
        { from: 'checking', to: 'reserving', count: 1 },
        { from: 'reserving', to: 'booking', count: 1 },
      ]),
    );
    expect(moves).toHaveLength(2);
    expect(counted).toEqual({ accepted: 1, shipped: 2, completed: 1, cancelled: 1 });
    expect(stages.find(({ state }) => state === 'reserving')?.usualSeconds).toBe(7_200);
  });
});

describe('today’s trucks', () => {
  const trucks = async () => (await ask<TodaysTrucks>('trucks')).trucks;
  const waiting = async (key: string, more: Partial<PutOrder> = {}) => {
    await put({ key, state: 'fulfilling', sites: ['NORTH'] });
    return put({ key: `${key}-NORTH-1`, of: key, state: 'released', sites: ['NORTH'], enteredAt: hour(11), ...more });
  };

  test('leave at the hour that is configured, or at the end of the working day', async () => {
    const nothing = { due: 0, left: 0, willMiss: 0, mayMiss: 0 };
    expect(await trucks()).toEqual([
      {
        site: 'NORTH',
        leavesAt: '2026-03-02T16:30:00.000Z',
        basis: expect.stringMatching(/configured/),
        ...nothing,
        missing: [],
      },
      {
        site: 'SOUTH',
        leavesAt: hour(18),
        basis: expect.stringMatching(/end of the working day/),
        ...nothing,
        missing: [],
      },
    ]);
  });

  test('take what is due today or earlier, and without a date what was released before', async () => {
    await waiting('1', { dueBy: today });
    await waiting('2', { dueBy: '2026-02-27T23:59:59.000Z' });
    await waiting('3', { dueBy: '2026-03-03T23:59:59.000Z' });
    await waiting('4');
    await waiting('5', { startedAt: hour(17) });
    await waiting('6', { state: 'cancelling' });
    const gone = await waiting('7', { state: 'shipped', phase: 'ended' });
    await stayed(gone, 3, 'fulfilment', 'issuing', hour(10), hour(11), 'invoicing');
    await put({ key: '8', state: 'booking', sites: ['NORTH'], dueBy: today });
    await put({ key: '9', state: 'booking', sites: ['NORTH'] });
    const [north] = await trucks();
    // 1, 2, 4 and 8 wait, 7 has left.
    expect(north).toMatchObject({ due: 5, left: 1, missing: [] });
  });

  test('will be missed by what a person must decide, has a case, or waits for a system that is shut', async () => {
    const silent = await waiting('1');
    await putCase(own.database, silent, 'fulfilment', '1-NORTH-1', 'The warehouse has said nothing. Ask it.');
    await put({ key: '2', state: 'held', sites: ['NORTH'], dueBy: today });
    await waiting('3', { state: 'releasing' });
    await waiting('4');
    shut.set('wms-NORTH', { because: 'which is in maintenance', until: hour(15) });
    const [north] = await trucks();
    expect(north).toMatchObject({ due: 4, willMiss: 3, mayMiss: 0 });
    expect(north?.missing.find(({ part }) => part === '3-NORTH-1')).toMatchObject({ since: hour(11), until: hour(15) });
    const told = north?.missing.map(({ order, certainty, because }) => [order.orderNumber, certainty, because]);
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        ['1', 'will-miss', 'Something went wrong with it that somebody must put right.'],
        ['2', 'will-miss', 'It is held: somebody must decide.'],
        ['3', 'will-miss', 'It waits for wms-NORTH, which is in maintenance.'],
      ]),
    );
  });

  test('may be missed by what usually takes longer than is left', async () => {
    for (const key of ['old-1', 'old-2', 'old-3']) {
      const part = await put({ key: `${key}-NORTH-1`, of: key, state: 'shipped', phase: 'ended', sites: ['NORTH'] });
      await stayed(
        part,
        1,
        'fulfilment',
        'released',
        '2026-02-27T08:00:00.000Z',
        '2026-02-27T13:00:00.000Z',
        'issuing',
      );
    }
    await waiting('1', { enteredAt: '2026-03-02T11:45:00.000Z' });
    await waiting('2', { enteredAt: hour(11) });
    const [north] = await trucks();
    const since = '2026-03-02T11:45:00.000Z';
    expect(north).toMatchObject({ willMiss: 0, mayMiss: 1 });
    expect(north?.missing).toMatchObject([{ order: { orderNumber: '1' }, certainty: 'may-miss', since }]);
    expect(north?.missing[0]?.because).toBe('From “released” it usually takes 5 hours to leave.');
  });

  test('name the first fifty that miss them, and count all', async () => {
    for (let n = 1; n <= 52; n += 1) await put({ key: `${n}`, state: 'held', sites: ['NORTH'], dueBy: today });
    const [north] = await trucks();
    expect(north).toMatchObject({ due: 52, willMiss: 52, mayMiss: 0 });
    expect(north?.missing).toHaveLength(50);
  });

  test('tell what stands in a case to those who may read cases alone', async () => {
    const silent = await waiting('1');
    await putCase(own.database, silent, 'fulfilment', '1-NORTH-1', 'The warehouse has said nothing. Ask it.');
    const told = async (key: string) =>
      ((await api.ask('/api/orders/v1/trucks', { key })).json as TodaysTrucks).trucks[0]?.missing[0]?.because;
    expect(await told(api.keys.casesReader)).toBe('The warehouse has said nothing. Ask it.');
    expect(await told(api.keys.finance)).toBe('Something went wrong with it that somebody must put right.');
  });
});

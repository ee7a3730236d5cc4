import { describe, expect, test } from 'vitest';
import { useOrdersOnEngine } from './testing/orders-on-engine.ts';

const here = useOrdersOnEngine();

const order = (change: object = {}) => ({
  customer: '17850',
  currency: 'GBP',
  customerPurchaseOrder: 'PO-1',
  lines: [{ item: '85123A', quantity: '6', unitPrice: '2.55' }],
  ...change,
});
const pathOf = (orderNumber: string): string => `/api/orders/v1/orders/${orderNumber}`;

async function told(orderNumber: string, condition: (json: Record<string, never>) => boolean, path = '') {
  for (let look = 0; look < 500; look += 1) {
    const { json } = await here.api.ask(pathOf(orderNumber) + path);
    if (condition(json)) return json;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`order ${orderNumber} did not come so far`);
}

describe('the orders API on the engine', () => {
  test('an order over the limit is held, released by finance, and goes to its warehouse; its story tells it all', async () => {
    here.systems.dials.creditLimit = '10';
    const submitted = await here.api.post(order(), { prefer: 'wait=10' });
    expect(submitted).toMatchObject({ status: 201, json: { state: 'held', holds: [{ hold: 'credit' }] } });
    const { orderNumber } = submitted.json;
    const released = await here.api.ask(`${pathOf(orderNumber)}/holds/credit/release`, {
      method: 'POST',
      key: here.api.keys.finance,
      body: { reason: 'paid by telephone' },
    });
    expect(released).toMatchObject({ status: 202, json: { waivers: [{ grantedBy: 'api:finance' }] } });
    await told(orderNumber, ({ state, fulfilments }) => state === 'fulfilling' && fulfilments !== undefined);
    const key = `fulfilment:${orderNumber}-NORTH-1:release-to-warehouse:once`;
    const isReleased = ({ effects }: { effects: { key: string; status: string }[] }) =>
      effects.some((effect) => effect.key === key && effect.status === 'done');
    const narrative = (await told(orderNumber, isReleased as never, '/narrative')) as unknown as {
      story: { at: string; what: string; who: string; summary: string; run: string }[];
      effects: { name: string; status: string }[];
      says: { system: string; about: string }[];
    };
    const story = narrative.story.map(({ summary }) => summary).join('\n');
    const inOrder = [
      `Order ${orderNumber} began`,
      'Asked erp-main to check customer',
      'Done by erp-main: check prices',
      'is held: Somebody must decide',
      'over the credit limit',
      'api:finance released hold credit: paid by telephone.',
      'Done by erp-main: book in ERP',
      `Fulfilment ${orderNumber}-NORTH-1 began`,
      'Done by wms-north: release to warehouse',
    ];
    let from = 0;
    for (const words of inOrder) {
      const found = story.indexOf(words, from);
      expect(found, words).toBeGreaterThanOrEqual(0);
      from = found;
    }
    expect(story).not.toMatch(/engine said .*\.done/);
    expect(narrative.story.map(({ at }) => at)).toEqual(narrative.story.map(({ at }) => at).sort());
    expect(narrative.story.find(({ who }) => who === 'api:finance')?.what).toBe('hold');
    expect(narrative.says.map(({ system }) => system)).toEqual(['crossdock', 'erp-main', 'wms-north']);
    expect(new Set(narrative.effects.map(({ status }) => status))).toEqual(new Set(['done']));
  });

  test('fifty submissions at once with one key start one run', async () => {
    const key = { 'idempotency-key': 'at-once' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => here.api.post(order(), key)));
    expect(new Set(answers.map(({ json }) => json.orderNumber)).size).toBe(1);
    const { rows } = await here.own.database.pool.query(
      `select count(*)::int as count from claim where key = 'at-once'`,
    );
    expect(rows).toEqual([{ count: 1 }]);
    expect((await here.api.post(order({ customerPurchaseOrder: 'PO-2' }), key)).json.code).toBe(
      'idempotency-key-reused',
    );
  });

  test('a held order is cancelled at once, and stays so', async () => {
    here.systems.dials.creditLimit = '10';
    const { json } = await here.api.post(order(), { prefer: 'wait=10' });
    const path = `${pathOf(json.orderNumber)}/cancellation`;
    const cancelled = await here.api.ask(path, {
      method: 'POST',
      body: { reason: 'ordered twice' },
      headers: { prefer: 'wait=10' },
    });
    expect(cancelled).toMatchObject({
      status: 202,
      json: { cancellation: { requestedBy: 'api:shop', reason: 'ordered twice' } },
    });
    await told(json.orderNumber, ({ state }) => state === 'cancelled');
    const again = await here.api.ask(path, { method: 'POST', body: { reason: 'once more' } });
    expect(again).toMatchObject({ status: 409, json: { code: 'order-ended' } });
  });

  test('an effect whose answer was lost is told to be in doubt', async () => {
    here.systems.dials.warehouse = 'answers are lost';
    const { json } = await here.api.post(order(), { prefer: 'wait=10' });
    const isDoubted = ({ effects }: { effects: { status: string; name: string }[] }) =>
      effects.some(({ status, name }) => name === 'release-to-warehouse' && status === 'in doubt: asking');
    await told(json.orderNumber, isDoubted as never, '/narrative');
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, post } from './testing/client.ts';
import { type GivenErp, givenErp } from './testing/given-erp.ts';
import { confirmed, onlyShipment, quoted } from './testing/sales.ts';

let erp: GivenErp;
let client: Client;
beforeEach(async () => {
  erp = await givenErp();
  client = erp.client;
});
afterEach(() => erp.stop());

const two = [{ item: '85123A', quantity: 2 }];
const state = async (sale: number) => (await client.read('sale.sale', sale, 'state')).state;
const send = (method: string, ...params: readonly unknown[]) =>
  post(`${erp.erp.url}erp/`, { id: 1, method, params: [...params, client.context] }, client.headers);
const confirm = (sale: number) => send('model.sale.sale.confirm', [sale]);

describe('a script', () => {
  test.each([
    ['lose-answer', 'processing'],
    ['error-before', 'quotation'],
    ['error-after', 'processing'],
    ['html-200', 'processing'],
    ['truncate', 'processing'],
    ['conflict', 'quotation'],
    ['session-lost', 'quotation'],
  ])('%s shows itself once, to the call about the named order', async (behaviour, then) => {
    const [other, sale] = [
      await quoted(client, two, { reference: '200002', description: null }),
      await quoted(client, two),
    ];
    erp.script([{ on: 'model.sale.sale.confirm', text: '100001', behaviour }]);
    expect(await (await confirm(other)).json()).toEqual({ id: 1, result: null });
    const spoilt = await confirm(sale).then(
      async (answer) => [answer.status, answer.headers.get('content-type'), await answer.text()],
      () => 'lost',
    );
    const expected: Readonly<Record<string, unknown>> = {
      'lose-answer': 'lost',
      'error-before': [500, expect.stringContaining('text/html'), expect.anything()],
      'error-after': [500, expect.stringContaining('text/html'), expect.anything()],
      'html-200': [200, 'text/html', expect.stringContaining('<html>')],
      truncate: [200, 'application/json', '{"id":1,"re'],
      conflict: [200, 'application/json', expect.stringContaining('could not obtain lock')],
      'session-lost': [401, expect.anything(), expect.anything()],
    };
    expect(spoilt).toEqual(expected[behaviour]);
    expect(await state(sale)).toBe(then);
    expect(erp.erp.scripts.list()).toMatchObject([{ fired: 1 }]);
    expect((await confirm(sale)).status).toBe(200);
  });

  test('finds the order behind a shipment, a move, an invoice and a wizard', async () => {
    const sale = await confirmed(client, [...two, { item: 'POST', quantity: 1 }]);
    const shipment = await onlyShipment(client, sale);
    const [invoice] = (await client.read('sale.sale', sale, 'invoices')).invoices as number[];
    const [move] = shipment.inventory_moves as number[];
    const calls = [
      ['model.stock.shipment.out.assign_try', [shipment.id]],
      ['model.stock.move.write', [move], { quantity: 1 }],
      ['model.account.invoice.post', [invoice]],
    ] as const;
    for (const [on, ...params] of calls) {
      erp.script([{ on, text: 'order-to-cash:100001', behaviour: 'error-before' }]);
      expect((await send(on, ...params)).status).toBe(500);
    }
    const on = 'wizard.sale.handle.shipment.exception.create';
    erp.script([{ on, text: 'PO 77', behaviour: 'error-before' }]);
    const context = { ...client.context, active_model: 'sale.sale', active_id: sale };
    expect((await post(`${erp.erp.url}erp/`, { id: 1, method: on, params: [context] }, client.headers)).status).toBe(
      500,
    );
  });

  test('that delays lets the call commit after the caller has gone', async () => {
    const sale = await quoted(client, two);
    erp.script([{ on: 'model.sale.sale.confirm', behaviour: 'delay', delayMs: 300 }]);
    const gone = fetch(`${erp.erp.url}erp/`, {
      method: 'POST',
      headers: client.headers,
      body: JSON.stringify({ id: 1, method: 'model.sale.sale.confirm', params: [[sale], client.context] }),
      signal: AbortSignal.timeout(50),
    });
    await expect(gone).rejects.toThrow();
    expect(await state(sale)).toBe('quotation');
    await expect.poll(() => state(sale), { timeout: 5_000, interval: 20 }).toBe('processing');
  });

  test('that is wrong is refused by name', () => {
    expect(() => erp.script([{ on: 'x', behaviour: 'explode' }])).toThrow('/0/behaviour');
  });
});

describe('a dial', () => {
  test('limits the rate with 429 and Retry-After', async () => {
    erp.turn({ rateLimit: { perSecond: 1, retryAfterSeconds: 2 } });
    const answers = await Promise.all(Array.from({ length: 5 }, () => send('model.party.party.read', [1], ['name'])));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(3);
    expect(limited[0]?.headers.get('retry-after')).toBe('2');
  });

  test('fails calls before, and loses answers after they were done', async () => {
    const sale = await quoted(client, two);
    erp.turn({ errorRate: 1 });
    expect((await confirm(sale)).status).toBe(503);
    erp.turn({ errorRate: 0, loseAnswerRate: 1 });
    await expect(confirm(sale)).rejects.toThrow();
    erp.turn({ loseAnswerRate: 0 });
    expect(await state(sale)).toBe('processing');
  });

  test('makes writing calls give way to others, and leaves reading alone', async () => {
    const sale = await quoted(client, two);
    erp.turn({ conflictRate: 1 });
    expect(await client.say('model.sale.sale.confirm', [sale])).toMatchObject({
      error: [expect.stringContaining('could not obtain lock'), ''],
    });
    expect(await state(sale)).toBe('quotation');
  });

  test('denies calls until the right is given back, and does nothing meanwhile', async () => {
    const sale = await quoted(client, two);
    erp.turn({ denied: ['model.sale.sale.confirm'] });
    expect(await client.say('model.sale.sale.confirm', [sale])).toMatchObject({
      error: ['UserError', expect.arrayContaining([expect.stringContaining('You are not allowed to')])],
    });
    expect(await state(sale)).toBe('quotation');
    erp.turn({ denied: [] });
    expect((await confirm(sale)).status).toBe(200);
    expect(await state(sale)).toBe('processing');
  });

  test('closes every connection in an outage', async () => {
    erp.turn({ outage: true });
    await expect(send('model.party.party.read', [1], ['name'])).rejects.toThrow();
    erp.turn({ outage: false });
    expect((await send('model.party.party.read', [1], ['name'])).status).toBe(200);
  });

  test('that is unknown is refused by name', () => {
    expect(() => erp.turn({ gravity: 1 })).toThrow('/gravity');
  });
});

describe('an action', () => {
  test.each([
    ['set-credit-limit', { customer: 'nobody', amount: '1' }, 'there is no nobody'],
    ['set-price', { customer: '17850', item: 'nothing', unitPrice: '1' }, 'there is no nothing'],
    ['set-stock', { item: '85123A', site: 'WEST', quantity: '1' }, 'there is no WEST'],
    ['set-stock', { item: '85123A', site: 'NORTH', quantity: 'many' }, '/quantity'],
    ['block-customer', {}, '/customer: is missing'],
  ])('%s says what is wrong with %j', async (name, input, message) => {
    await expect(erp.act(name, input)).rejects.toThrow(message);
  });
});

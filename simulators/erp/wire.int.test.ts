import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, post } from './testing/client.ts';
import { type GivenErp, givenErp } from './testing/given-erp.ts';
import { draft, quoted, saleValues } from './testing/sales.ts';

let erp: GivenErp;
let client: Client;
beforeAll(async () => {
  erp = await givenErp();
  client = erp.client;
});
afterAll(() => erp.stop());

const read = (context: object) => ({ id: 1, method: 'model.party.party.read', params: [[1], ['name'], context] });

describe('the wire', () => {
  test('tells its version to everybody', async () => {
    const answer = await post(erp.erp.url, { id: 1, method: 'common.server.version', params: [] });
    expect(await answer.json()).toEqual({ id: 1, result: '6.0.29' });
  });

  test('logs in by password and answers 401 to a wrong one', async () => {
    const login = (params: unknown[]) => post(`${erp.erp.url}erp/`, { id: 1, method: 'common.db.login', params });
    expect((await login(['integration', { password: 'wrong' }])).status).toBe(401);
    expect((await login(['nobody', { password: 'a-password' }])).status).toBe(401);
    expect(await (await login(['integration', {}])).json()).toMatchObject({
      error: ['LoginException', ['password', 'Password for integration', 'password']],
    });
  });

  test('answers 401 without a session it knows, also after logging out', async () => {
    const path = `${erp.erp.url}erp/`;
    expect((await post(path, read({}))).status).toBe(401);
    expect((await post(path, read({}), { authorization: `Session ${btoa('integration:2:no')}` })).status).toBe(401);
    const leaving = await erp.as('wms');
    expect((await post(path, read({}), leaving.headers)).status).toBe(200);
    await post(path, { id: 1, method: 'common.db.logout', params: [] }, leaving.headers);
    expect((await post(path, read({}), leaving.headers)).status).toBe(401);
  });

  test('answers 401 to every session that was revoked, and counts who logs in', async () => {
    const path = `${erp.erp.url}erp/`;
    const first = await erp.as('wms');
    const before = (await erp.erp.actions['count-log-ins']?.({})) as { readonly wms: number };
    await erp.act('revoke-sessions', {});
    expect((await post(path, read({}), first.headers)).status).toBe(401);
    client = await erp.as('integration');
    const second = await erp.as('wms');
    expect((await post(path, read({}), second.headers)).status).toBe(200);
    expect(await erp.erp.actions['count-log-ins']?.({})).toMatchObject({ wms: before.wms + 1 });
  });

  test('takes basic authentication too', async () => {
    const headers = { authorization: `Basic ${btoa('integration:a-password')}` };
    expect((await post(`${erp.erp.url}erp/`, read({}), headers)).status).toBe(200);
  });

  test('answers 500 to what is no JSON, 403 to an unknown method, 404 to another database, 405 to GET', async () => {
    const path = `${erp.erp.url}erp/`;
    expect((await post(path, '{nope', client.headers)).status).toBe(500);
    const unknown = { id: 1, method: 'model.sale.sale.frobnicate', params: [{}] };
    expect((await post(path, unknown, client.headers)).status).toBe(403);
    expect((await post(`${erp.erp.url}other/`, read({}), client.headers)).status).toBe(404);
    expect((await fetch(path)).status).toBe(405);
  });

  test('tells errors with status 200 in the shape of their kind', async () => {
    expect(await client.say('model.no.such.read', [1], ['id'])).toEqual({ id: 7, error: ["'no.such'", ''] });
    expect(await client.say('model.party.party.read', [1], ['nope'])).toMatchObject({ error: ["'nope'", ''] });
    expect(await client.say('model.party.party.read', [999], ['name'])).toMatchObject({
      error: ['UserError', [expect.stringContaining("don't exist anymore"), '', null]],
    });
    const answer = await post(`${erp.erp.url}erp/`, { ...read({}), params: [[1], ['name']] }, client.headers);
    expect(await answer.json()).toEqual({ id: 1, error: ['Missing context argument', ''] });
  });

  test('gives the bare result, and a bare status, to who adds something to the envelope', async () => {
    const send = (ids: readonly number[]) =>
      post(
        `${erp.erp.url}erp/`,
        { ...read({}), params: [ids, ['name'], client.context], jsonrpc: '2.0' },
        client.headers,
      );
    expect(await (await send([1])).json()).toEqual([{ id: 1, name: 'Test Wholesale' }]);
    expect((await send([999])).status).toBe(400);
  });

  test('gives the context of every call: company, language, groups', () => {
    expect(client.context).toMatchObject({ company: 1, language: 'en', groups: expect.any(Array) });
  });

  test('keeps a warehouse user away from sales, and everybody but credit away from limits', async () => {
    const wms = await erp.as('wms');
    const denied = { error: ['UserError', [expect.stringMatching(/^You are not allowed/), '', null]] };
    expect(await wms.say('model.sale.sale.search_read', [], 0, 1, null, ['number'])).toMatchObject(denied);
    const limit = { credit_limit_amount: { __class__: 'Decimal', decimal: '1' } };
    expect(await client.say('model.party.party.write', [2], limit)).toMatchObject(denied);
  });

  test('posts invoices only with a fresh session', async () => {
    const stale = await erp.as('integration');
    erp.turn({ sessionTimeoutMs: 0 });
    const path = `${erp.erp.url}erp/`;
    const post401 = { id: 1, method: 'model.account.invoice.post', params: [[], stale.context] };
    expect((await post(path, post401, stale.headers)).status).toBe(401);
    expect((await post(path, read({}), stale.headers)).status).toBe(200);
    erp.turn({ sessionTimeoutMs: 300_000 });
    expect((await post(path, post401, stale.headers)).status).toBe(200);
  });
});

describe('records', () => {
  test('are created with their children in one call, and a failed call burns the id', async () => {
    const lines = [{ item: '85123A', quantity: 2 }];
    const first = await draft(client, lines);
    const half = await client.say('model.sale.sale.create', [
      await saleValues(client, [{ item: '85123A', quantity: 1.5 }]),
    ]);
    expect(half).toMatchObject({ error: ['UserError', [expect.stringContaining('number of digits'), '', null]] });
    expect(await draft(client, lines)).toBe(first + 2);
    expect(await client.read('sale.sale', first, 'lines.quantity', 'write_date', 'party.code')).toMatchObject({
      write_date: null,
      'party.': { code: '17850' },
      'lines.': [{ quantity: 2 }],
    });
  });

  test.each([
    [{ party: null }, 'A value is required for field "Party" in "Sale".'],
    [{ party: 999 }, 'The value "999" for field "Party" in "Sale" does not exist.'],
    [{ invoice_method: 'never' }, 'is not one of the allowed options.'],
    [{ lines: [['create', [{ quantity: 1 }]]] }, 'A value is required for field "Unit Price" in "Sale Line".'],
  ])('that are wrong are refused: %j', async (changes, message) => {
    const values = await saleValues(client, [], changes);
    expect(await client.say('model.sale.sale.create', [values])).toMatchObject({
      error: ['UserError', [expect.stringContaining(message), '', null]],
    });
  });

  test('carry a version; a write that saw another is refused', async () => {
    const sale = await draft(client, [{ item: '85123A', quantity: 1 }]);
    const { _timestamp: seen } = await client.read('sale.sale', sale, '_timestamp');
    const write = (version: unknown) =>
      client.sayWith({ _timestamp: { [`sale.sale,${sale}`]: version } }, 'model.sale.sale.write', [sale], {
        comment: 'changed',
      });
    expect(await write(seen)).toMatchObject({ result: null });
    expect(await write(seen)).toMatchObject({
      error: ['ConcurrencyException', 'Records were modified in the meanwhile'],
    });
  });

  test('are found by what changed since; writing a line does not touch its sale', async () => {
    const sale = await quoted(client, [{ item: '85123A', quantity: 1 }]);
    const before = await client.read('sale.sale', sale, 'write_date', 'lines');
    const [line] = before.lines as number[];
    await client.call('model.sale.line.write', [line], { description: 'a note' });
    expect((await client.read('sale.sale', sale, 'write_date')).write_date).toEqual(before.write_date);
    const since = ['write_date', '>=', before.write_date];
    expect(await client.find('sale.sale', [since])).toEqual([{ id: sale }]);
    expect((await client.find('sale.line', [since])).map(({ id }) => id)).toEqual([line]);
  });

  test('carry as write_date when the call came in, however late it committed', async () => {
    const sale = await draft(client, [{ item: '85123A', quantity: 1 }]);
    erp.script([{ on: 'model.sale.sale.write', behaviour: 'delay', delayMs: 200 }]);
    await client.call('model.sale.sale.write', [sale], { comment: 'slow' });
    const began = (await client.read('sale.sale', sale, 'write_date')).write_date as Record<string, number>;
    const { year = 0, month = 0, day, hour, minute, second, microsecond = 0 } = began;
    const at = Date.UTC(year, month - 1, day, hour, minute, second) + microsecond / 1000;
    expect(Date.now() - at).toBeGreaterThanOrEqual(195);
  });

  test('take the same reference twice', async () => {
    const reference = 'twice';
    await draft(client, [], { reference });
    await draft(client, [], { reference });
    expect(await client.find('sale.sale', [['reference', '=', reference]])).toHaveLength(2);
  });
});

describe('prices', () => {
  test('are told for a line that is never stored, by the price list that is named', async () => {
    await erp.act('set-price', { customer: '17850', item: '71053', unitPrice: '3.1' });
    const [party] = await client.find('party.party', [['code', '=', '17850']], 'sale_price_list');
    const [product] = await client.find('product.product', [['code', '=', '71053']]);
    const sale = { party: party?.id, price_list: party?.sale_price_list, currency: 1, company: 1, sale_date: null };
    const form = { product: product?.id, quantity: 7, sale };
    const [change] = await client.call<object[]>('model.sale.line.on_change', form, ['product']);
    expect(change).toEqual({
      type: 'line',
      unit: 1,
      'unit.': { rec_name: 'Unit' },
      unit_digits: 0,
      taxes: { add: [[0, { id: 1 }]] },
      unit_price: { __class__: 'Decimal', decimal: '3.1000' },
      amount: { __class__: 'Decimal', decimal: '21.70' },
    });
    const listed = { ...form, sale: { ...sale, price_list: null } };
    expect(await client.call('model.sale.line.on_change', listed, ['product'])).toMatchObject([
      { unit_price: { decimal: '3.3900' } },
    ]);
  });

  test('are told of many products at once by context, with the digits that a conversion leaves', async () => {
    const [party] = await client.find('party.party', [['code', '=', '17850']], 'sale_price_list');
    const said = await client.sayWith(
      { price_list: party?.sale_price_list, quantity: 1, uom: 1 },
      'model.product.product.search_read',
      [['code', '=', '85123A']],
      0,
      null,
      null,
      ['sale_price_uom'],
    );
    expect(said).toMatchObject({ result: [{ sale_price_uom: { decimal: '2.55000000000000' } }] });
  });
});

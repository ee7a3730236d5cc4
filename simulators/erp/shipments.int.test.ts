import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, decimalOf, type Row } from './testing/client.ts';
import { type GivenErp, givenErp } from './testing/given-erp.ts';
import { confirmed, onlyShipment, press, shipmentsOf, stockOf } from './testing/sales.ts';

let erp: GivenErp;
let client: Client;
beforeEach(async () => {
  erp = await givenErp();
  client = erp.client;
});
afterEach(() => erp.stop());

const ten = [{ item: '85123A', quantity: 10 }];
const moves = (ids: unknown): Promise<readonly Row[]> =>
  client.call('model.stock.move.read', ids, ['state', 'quantity', 'origin', 'sale']);
const setQuantity = (move: number | undefined, quantity: number) =>
  client.say('model.stock.move.write', [move], { quantity });

describe('a shipment', () => {
  test('is assigned, picked, packed and done; then what left is invoiced, and the ledger says so', async () => {
    const sale = await confirmed(client, ten);
    const { id } = await onlyShipment(client, sale);
    await client.call('model.stock.shipment.out.write', [id], { reference: 'NORTH-1' });
    expect(await client.say('model.stock.shipment.out.assign_try', [id])).toMatchObject({ result: true });
    await press(client, id, 'pick', 'pack', 'done');
    expect(await client.read('stock.shipment.out', id, 'state', 'effective_date')).toMatchObject({
      state: 'done',
      effective_date: { __class__: 'date' },
    });
    expect(await client.read('sale.sale', sale, 'shipment_state', 'invoices.total_amount')).toMatchObject({
      shipment_state: 'sent',
      'invoices.': [{ total_amount: decimalOf('30.60') }],
    });
    expect(erp.facts('shipment-done')).toMatchObject([
      {
        reference: '100001',
        shipment: 'NORTH-1',
        number: 'SHP000001',
        warehouse: 'NORTH',
        lines: [{ product: '85123A', quantity: '10' }],
      },
    ]);
  });

  test('is picked from waiting, with stock that nobody claimed', async () => {
    const sale = await confirmed(client, ten);
    const { id } = await onlyShipment(client, sale);
    await erp.act('set-stock', { item: '85123A', site: 'NORTH', quantity: '3' });
    await press(client, id, 'pick', 'pack', 'done');
    expect(await client.read('stock.shipment.out', id, 'state')).toMatchObject({ state: 'done' });
    expect(await stockOf(client, '85123A')).toEqual([-7, -7]);
  });

  test('passes over a button in the wrong state without a word', async () => {
    const { id } = await onlyShipment(client, await confirmed(client, ten));
    expect(await client.say('model.stock.shipment.out.done', [id])).toMatchObject({ result: null });
    expect(await client.read('stock.shipment.out', id, 'state')).toMatchObject({ state: 'waiting' });
    expect(erp.facts('shipment-done')).toEqual([]);
  });

  test('is picked short by waiting again: new moves, the rest in a shipment of its own', async () => {
    const sale = await confirmed(client, ten);
    const before = await onlyShipment(client, sale);
    await press(client, before.id, 'assign_try');
    const [assigned] = before.inventory_moves as number[];
    expect(await setQuantity(assigned, 6)).toMatchObject({
      error: ['UserError', [expect.stringContaining('you must reset its state to draft'), '', null]],
    });
    await press(client, before.id, 'wait');
    const [fresh] = (await onlyShipment(client, sale)).inventory_moves as number[];
    expect(fresh).not.toBe(assigned);
    expect(await client.say('model.stock.move.read', [assigned], ['state'])).toHaveProperty('error');
    expect(await setQuantity(fresh, 6)).toMatchObject({ result: null });
    await press(client, before.id, 'assign_try', 'pick', 'pack', 'done');
    const [done, rest] = await shipmentsOf(client, sale);
    expect(done).toMatchObject({ id: before.id, state: 'done' });
    expect(rest).toMatchObject({ state: 'waiting', number: 'SHP000002' });
    expect(await moves(rest?.outgoing_moves)).toMatchObject([{ quantity: 4, state: 'draft', sale }]);
    expect(erp.facts('shipment-done')).toMatchObject([{ lines: [{ product: '85123A', quantity: '6' }] }]);
  });

  test('loses the lines of which nothing was picked when it is packed', async () => {
    const sale = await confirmed(client, [...ten, { item: '85123A', quantity: 5 }]);
    const { id, inventory_moves: inventory } = await onlyShipment(client, sale);
    const [move] = inventory as number[];
    expect(await setQuantity(move, 0)).toMatchObject({ result: null });
    await press(client, id, 'assign_try', 'pick', 'pack', 'done');
    const [done, rest] = await shipmentsOf(client, sale);
    expect(await moves(done?.outgoing_moves)).toHaveLength(1);
    expect(rest).toMatchObject({ state: 'waiting' });
  });

  test('with too little stock claims a part and answers false, until it is forced or waits again', async () => {
    const sale = await confirmed(client, ten);
    const { id } = await onlyShipment(client, sale);
    await erp.act('set-stock', { item: '85123A', site: 'NORTH', quantity: '4' });
    expect(await client.say('model.stock.shipment.out.assign_try', [id])).toMatchObject({ result: false });
    const partly = await onlyShipment(client, sale);
    expect(partly).toMatchObject({ state: 'waiting', partially_assigned: true });
    const claimed = (await moves(partly.inventory_moves)).map(({ state, quantity }) => [state, quantity]);
    expect(claimed.toSorted()).toEqual([
      ['assigned', 4],
      ['draft', 6],
    ]);
    await press(client, id, 'wait');
    expect(await moves((await onlyShipment(client, sale)).inventory_moves)).toMatchObject([
      { state: 'draft', quantity: 10 },
    ]);
    await press(client, id, 'assign_force');
    expect(await onlyShipment(client, sale)).toMatchObject({ state: 'assigned' });
  });

  test('claims stock, so that a second one does not get it', async () => {
    const first = await onlyShipment(client, await confirmed(client, [{ item: '85123A', quantity: 60 }]));
    const second = await onlyShipment(client, await confirmed(client, [{ item: '85123A', quantity: 40 }]));
    await erp.act('set-stock', { item: '85123A', site: 'NORTH', quantity: '70' });
    expect(await client.call('model.stock.shipment.out.assign_try', [first.id])).toBe(true);
    expect(await client.call('model.stock.shipment.out.assign_try', [second.id])).toBe(false);
  });

  test('refuses moves that are negative, and does not take the same id twice', async () => {
    const { id, inventory_moves: inventory } = await onlyShipment(client, await confirmed(client, ten));
    const [move] = inventory as number[];
    expect(await setQuantity(move, -1)).toMatchObject({
      error: ['UserError', ['Move quantity must be positive.', '', null]],
    });
    expect(await client.say('model.stock.shipment.out.wait', [id, id])).toMatchObject({ error: ['Duplicate ids', ''] });
  });

  test('that a sale made does not come back from being cancelled', async () => {
    const { id } = await onlyShipment(client, await confirmed(client, ten));
    await press(client, id, 'cancel');
    expect(await client.say('model.stock.shipment.out.draft', [id])).toMatchObject({
      error: ['UserError', [expect.stringContaining('generated by a sale'), '', null]],
    });
  });
});

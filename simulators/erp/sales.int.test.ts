import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, decimalOf } from './testing/client.ts';
import { type GivenErp, givenErp } from './testing/given-erp.ts';
import { confirmed, draft, onlyShipment, press, quoted, shipmentsOf, stockOf } from './testing/sales.ts';

let erp: GivenErp;
let client: Client;
beforeEach(async () => {
  erp = await givenErp();
  client = erp.client;
});
afterEach(() => erp.stop());

const two = [{ item: '85123A', quantity: 2 }];
const state = async (sale: number) => (await client.read('sale.sale', sale, 'state')).state;

describe('a sale', () => {
  test('is confirmed and processed in one call, and the ledger says what it was', async () => {
    const sale = await confirmed(client, [...two, { item: 'POST', quantity: 1, price: '18.00' }]);
    const row = await client.read(
      'sale.sale',
      sale,
      ...['state', 'number', 'shipment_state', 'invoice_state', 'total_amount', 'sale_date'],
    );
    expect(row).toMatchObject({
      state: 'processing',
      number: 'SO000001',
      shipment_state: 'waiting',
      invoice_state: 'waiting',
      total_amount: decimalOf('27.72'),
      sale_date: { __class__: 'date' },
    });
    expect(await onlyShipment(client, sale)).toMatchObject({ state: 'waiting' });
    expect(erp.facts('sale-confirmed')).toMatchObject([
      {
        system: 'erp',
        reference: '100001',
        description: 'order-to-cash:100001:book:once',
        comment: 'PO 77',
        warehouse: 'NORTH',
        number: 'SO000001',
        lines: [
          { product: '85123A', quantity: '2', unitPrice: '2.55' },
          { product: 'POST', quantity: '1', unitPrice: '18.00' },
        ],
        untaxed: '23.10',
        tax: '4.62',
        total: '27.72',
      },
    ]);
  });

  test('passes over a button in the wrong state without a word', async () => {
    const sale = await draft(client, two);
    expect(await client.say('model.sale.sale.confirm', [sale])).toMatchObject({ result: null });
    expect(await state(sale)).toBe('draft');
    expect(erp.facts('sale-confirmed')).toEqual([]);
  });

  test('without addresses is not quoted', async () => {
    const sale = await draft(client, two, { invoice_address: null });
    expect(await client.say('model.sale.sale.quote', [sale])).toMatchObject({
      error: ['UserError', [expect.stringContaining('must enter an invoice address'), '', null]],
    });
  });

  test('that oversells is not quoted; quotations count, and cancelling one frees the stock', async () => {
    const refused = { error: ['UserError', [expect.stringContaining('is lower than its quantity'), '', null]] };
    const held = await quoted(client, [{ item: '85123A', quantity: 60 }]);
    const late = await draft(client, [{ item: '85123A', quantity: 41 }]);
    expect(await client.say('model.sale.sale.quote', [late])).toMatchObject(refused);
    expect((await client.read('sale.sale', late, 'number')).number).toBeNull();
    const split = await draft(client, [
      { item: '85123A', quantity: 30 },
      { item: '85123A', quantity: 30 },
    ]);
    expect(await client.say('model.sale.sale.quote', [split])).toMatchObject(refused);
    await client.call('model.sale.sale.cancel', [held]);
    expect(erp.facts('sale-cancelled')).toMatchObject([{ reference: '100001', warehouse: 'NORTH' }]);
    await client.call('model.sale.sale.quote', [late]);
    expect(await state(late)).toBe('quotation');
  });

  test('takes its goods out of the forecast once it is confirmed, and out of stock once they have left', async () => {
    const sale = await confirmed(client, [{ item: '85123A', quantity: 40 }]);
    expect(await stockOf(client, '85123A')).toEqual([100, 60]);
    await press(client, (await onlyShipment(client, sale)).id, 'assign_try', 'pick', 'pack');
    expect(await stockOf(client, '85123A')).toEqual([100, 60]);
    await press(client, (await onlyShipment(client, sale)).id, 'done');
    expect(await stockOf(client, '85123A')).toEqual([60, 60]);
  });

  test('over the credit limit is refused, and for credit a warning that can be accepted once', async () => {
    await erp.act('set-credit-limit', { customer: '17850', amount: '100' });
    const sale = await quoted(client, [{ item: '85123A', quantity: 40 }]);
    const text = 'Party "Customer 17850" has reached their credit limit of £100.00.';
    expect(await client.say('model.sale.sale.confirm', [sale])).toMatchObject({
      error: ['UserError', [text, '', null]],
    });
    const credit = await erp.as('credit');
    const name = `credit_limit_amount_sale.sale,${sale}`;
    const asked = { error: ['UserWarning', [name, text, '']] };
    expect(await credit.say('model.sale.sale.confirm', [sale])).toMatchObject(asked);
    // Somebody else's acceptance is no acceptance.
    await client.call('model.res.user.warning.create', [{ user: client.user, name, always: false }]);
    expect(await credit.say('model.sale.sale.confirm', [sale])).toMatchObject(asked);
    await credit.call('model.res.user.warning.create', [{ user: credit.user, name, always: false }]);
    expect(await credit.say('model.sale.sale.confirm', [sale])).toMatchObject({ result: null });
    expect(await state(sale)).toBe('processing');
    expect(await credit.find('res.user.warning', [['user', '=', credit.user]])).toEqual([]);
  });

  test('counts as used credit without tax until it is invoiced, then with it', async () => {
    const used = async () => {
      const [party] = await client.find('party.party', [['code', '=', '17850']], 'credit_amount', 'receivable');
      return [party?.credit_amount, party?.receivable];
    };
    const sale = await confirmed(client, [
      { item: '85123A', quantity: 10, price: '1.00' },
      { item: 'POST', quantity: 1, price: '5.00' },
    ]);
    expect(await used()).toEqual([decimalOf('15.00'), decimalOf('0.00')]);
    const { invoices } = await client.read('sale.sale', sale, 'invoices');
    await client.call('model.account.invoice.post', invoices);
    expect(await used()).toEqual([decimalOf('16.00'), decimalOf('6.00')]);
  });

  test('of a blocked customer is not found: the customer is inactive', async () => {
    await erp.act('block-customer', { customer: '17850' });
    expect(await client.find('party.party', [['code', '=', '17850']])).toEqual([]);
    await erp.act('block-customer', { customer: '17850', blocked: false });
    expect(await client.find('party.party', [['code', '=', '17850']])).toHaveLength(1);
  });

  test('that is processing is not cancelled; it is given up by its shipment and its exception', async () => {
    const sale = await confirmed(client, two);
    await client.call('model.sale.sale.cancel', [sale]);
    expect(await state(sale)).toBe('processing');
    const { id, outgoing_moves: moves } = await onlyShipment(client, sale);
    await press(client, id, 'cancel');
    const states = ['state', 'shipment_state'];
    expect(await client.read('sale.sale', sale, ...states)).toMatchObject({
      state: 'processing',
      shipment_state: 'exception',
    });
    const wizard = 'wizard.sale.handle.shipment.exception';
    const about = { active_model: 'sale.sale', active_id: sale, active_ids: [sale] };
    const { result } = await client.sayWith(about, `${wizard}.create`);
    expect(result).toEqual([expect.any(Number), 'ask', 'end']);
    const [session] = result as [number];
    expect(await client.sayWith(about, `${wizard}.execute`, session, {}, 'ask')).toMatchObject({
      result: { view: { defaults: { recreate_moves: moves, domain_moves: moves } } },
    });
    const halfAnswer = { ask: { recreate_moves: [] } };
    expect(await client.sayWith(about, `${wizard}.execute`, session, halfAnswer, 'handle')).toMatchObject({
      error: [expect.stringContaining('domain_moves'), ''],
    });
    const answer = { ask: { recreate_moves: [], domain_moves: moves } };
    expect(await client.sayWith(about, `${wizard}.execute`, session, answer, 'handle')).toMatchObject({ result: {} });
    expect(await client.sayWith(about, `${wizard}.delete`, session)).toMatchObject({ result: null });
    expect(await client.read('sale.sale', sale, ...states)).toMatchObject({ state: 'done', shipment_state: 'sent' });
    expect(erp.facts('shipment-cancelled')).toMatchObject([{ reference: '100001', warehouse: 'NORTH' }]);
    expect(erp.facts('sale-cancelled')).toHaveLength(1);
    expect(await stockOf(client, '85123A')).toEqual([100, 100]);
  });

  test('ships again what the exception says is to be made again', async () => {
    const sale = await confirmed(client, two);
    const { id, outgoing_moves: moves } = await onlyShipment(client, sale);
    await press(client, id, 'cancel');
    const wizard = 'wizard.sale.handle.shipment.exception';
    const about = { active_model: 'sale.sale', active_id: sale, active_ids: [sale] };
    const [session] = (await client.sayWith(about, `${wizard}.create`)).result as [number];
    const answer = { ask: { recreate_moves: moves, domain_moves: moves } };
    await client.sayWith(about, `${wizard}.execute`, session, answer, 'handle');
    const shipments = await shipmentsOf(client, sale);
    expect(shipments.map((shipment) => shipment.state)).toEqual(['cancelled', 'waiting']);
    expect(erp.facts('sale-cancelled')).toEqual([]);
  });

  test('is deleted only when it can be cancelled', async () => {
    const open = await quoted(client, two);
    await client.call('model.sale.sale.delete', [open]);
    expect(await client.find('sale.sale', [['id', '=', open]])).toEqual([]);
    const bound = await confirmed(client, two);
    expect(await client.say('model.sale.sale.delete', [bound])).toMatchObject({
      error: ['UserError', [expect.stringContaining('you must cancel it'), '', null]],
    });
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, decimalOf } from './testing/client.ts';
import { type GivenErp, givenErp } from './testing/given-erp.ts';
import { confirmed, onlyShipment, press, shipmentsOf } from './testing/sales.ts';

let erp: GivenErp;
let client: Client;
beforeEach(async () => {
  erp = await givenErp();
  client = erp.client;
});
afterEach(() => erp.stop());

const invoicesOf = async (sale: number) => {
  const { invoices } = await client.read('sale.sale', sale, 'invoices');
  return invoices as number[];
};
const charge = [{ item: 'POST', quantity: 1, price: '18.00' }];

describe('invoices', () => {
  test('are drafts for charges at once and for goods when they have left, one each', async () => {
    const sale = await confirmed(client, [...charge, { item: '85123A', quantity: 2 }]);
    expect(await invoicesOf(sale)).toHaveLength(1);
    await press(client, (await onlyShipment(client, sale)).id, 'assign_try', 'pick', 'pack', 'done');
    const invoices = await invoicesOf(sale);
    const rows = await client.call('model.account.invoice.read', invoices, [
      'state',
      'number',
      'untaxed_amount',
      'sales',
    ]);
    expect(rows).toMatchObject([
      { state: 'draft', number: null, untaxed_amount: decimalOf('18.00'), sales: [sale] },
      { state: 'draft', number: null, untaxed_amount: decimalOf('5.10'), sales: [sale] },
    ]);
  });

  test('are posted with number and date once, and the ledger says so once', async () => {
    const sale = await confirmed(client, charge);
    const [invoice = 0] = await invoicesOf(sale);
    await client.call('model.account.invoice.post', [invoice]);
    await client.call('model.account.invoice.post', [invoice]);
    expect(await client.read('account.invoice', invoice, 'state', 'number', 'invoice_date', 'move')).toMatchObject({
      state: 'posted',
      number: expect.stringMatching(/^INV\d{4}-000001$/),
      invoice_date: { __class__: 'date' },
      move: expect.any(Number),
    });
    expect(erp.facts('invoice-posted')).toMatchObject([
      {
        reference: '100001',
        number: expect.stringMatching(/-000001$/),
        lines: [{ product: 'POST', quantity: '1', unitPrice: '18.00' }],
        untaxed: '18.00',
        tax: '3.60',
        total: '21.60',
      },
    ]);
  });

  test('of two parts sum to a cent more than the order', async () => {
    const sale = await confirmed(client, [{ item: '85123A', quantity: 2, price: '0.13' }]);
    const first = await onlyShipment(client, sale);
    const [move] = first.inventory_moves as number[];
    await client.call('model.stock.move.write', [move], { quantity: 1 });
    await press(client, first.id, 'assign_try', 'pick', 'pack', 'done');
    const [, second] = await shipmentsOf(client, sale);
    await press(client, second?.id ?? 0, 'assign_try', 'pick', 'pack', 'done');
    const total = await client.read('sale.sale', sale, 'total_amount', 'invoices.total_amount');
    expect(total).toMatchObject({
      total_amount: decimalOf('0.31'),
      'invoices.': [{ total_amount: decimalOf('0.16') }, { total_amount: decimalOf('0.16') }],
    });
  });

  test('that are cancelled leave their sale in exception until it is told to let them go', async () => {
    const sale = await confirmed(client, charge);
    const [invoice] = await invoicesOf(sale);
    await client.call('model.account.invoice.cancel', [invoice]);
    expect(await client.read('sale.sale', sale, 'invoice_state')).toMatchObject({ invoice_state: 'exception' });
    const about = { active_model: 'sale.sale', active_id: sale, active_ids: [sale] };
    const wizard = 'wizard.sale.handle.invoice.exception';
    const [session] = (await client.sayWith(about, `${wizard}.create`)).result as [number];
    const answer = { ask: { domain_invoices: [invoice], recreate_invoices: [] } };
    await client.sayWith(about, `${wizard}.execute`, session, answer, 'handle');
    expect(await client.read('sale.sale', sale, 'state', 'invoice_state')).toMatchObject({
      state: 'done',
      invoice_state: 'none',
    });
    expect(await client.say('model.account.invoice.delete', [invoice])).toHaveProperty('error');
  });

  test('that are deleted come back: their sale finds that something is due', async () => {
    const sale = await confirmed(client, charge);
    const [invoice = 0] = await invoicesOf(sale);
    await client.call('model.account.invoice.delete', [invoice]);
    expect(await invoicesOf(sale)).toEqual([invoice + 1]);
  });

  test('that are posted are neither cancelled nor changed', async () => {
    const [invoice = 0] = await invoicesOf(await confirmed(client, charge));
    await client.call('model.account.invoice.post', [invoice]);
    expect(await client.say('model.account.invoice.cancel', [invoice])).toHaveProperty('error');
    expect(await client.say('model.account.invoice.write', [invoice], { number: 'X' })).toHaveProperty('error');
    expect(await client.say('model.account.invoice.write', [invoice], { description: 'charges' })).toMatchObject({
      result: null,
    });
  });
});

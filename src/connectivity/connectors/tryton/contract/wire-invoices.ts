import { describe, expect, test } from 'vitest';
import type { Raw } from './raw.ts';
import { confirmedSale, onlyShipment, pressAll } from './raw-documents.ts';
import { facts } from './target.ts';

async function invoiceOf(raw: Raw, sale: number): Promise<number> {
  const { invoices } = await raw.read('sale.sale', sale, ['invoices']);
  const [invoice = 0] = invoices as readonly number[];
  return invoice;
}

/** How invoices and the protocol itself behave on the bare wire. */
export function describeInvoices(open: () => Raw): void {
  describe('an invoice on the wire', () => {
    test('is drafted by the shipment and gets its number by posting; posting again changes nothing', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, [{ item: facts.item, quantity: 10, price: '2.55' }]);
      expect((await raw.read('sale.sale', sale, ['invoices'])).invoices).toEqual([]);
      await pressAll(raw, (await onlyShipment(raw, sale)).id, 'assign_try', 'pick', 'pack', 'done');
      const invoice = await invoiceOf(raw, sale);
      await raw.call('model.account.invoice.write', [invoice], { description: 'W-1' });
      await raw.call('model.account.invoice.post', [invoice]);
      const fields = ['state', 'number', 'description', 'total_amount', 'lines.quantity', 'lines.product.code'];
      const posted = await raw.read('account.invoice', invoice, fields);
      expect(posted).toMatchObject({
        state: 'posted',
        number: expect.stringMatching(/./),
        description: 'W-1',
        total_amount: { __class__: 'Decimal', decimal: '30.60' },
        'lines.': [{ quantity: 10, 'product.': { code: facts.item } }],
      });
      await raw.call('model.account.invoice.post', [invoice]);
      expect(await raw.read('account.invoice', invoice, fields)).toEqual(posted);
    });

    test('that is cancelled leaves its sale in exception until the sale is told to let it go', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, [{ item: facts.charge, quantity: 1, price: '18' }]);
      const invoice = await invoiceOf(raw, sale);
      await raw.call('model.account.invoice.cancel', [invoice]);
      expect(await raw.read('sale.sale', sale, ['invoice_state'])).toMatchObject({ invoice_state: 'exception' });
      const wizard = 'wizard.sale.handle.invoice.exception';
      const [session] = await raw.call<readonly unknown[]>(`${wizard}.create`);
      const about = { active_model: 'sale.sale', active_id: sale, active_ids: [sale] };
      const form = { ask: { domain_invoices: [invoice], recreate_invoices: [] } };
      await raw.sayWith(about, `${wizard}.execute`, session, form, 'handle');
      await raw.call(`${wizard}.delete`, session);
      expect(await raw.read('sale.sale', sale, ['state', 'invoice_state'])).toMatchObject({
        state: 'done',
        invoice_state: 'none',
      });
    });
  });

  describe('the wire', () => {
    test('tells a user without the right so', async () => {
      const raw = open();
      expect(await raw.sayAs('wms', 'model.sale.sale.search_read', [], 0, 1, null, ['number'])).toMatchObject({
        error: ['UserError', [expect.stringMatching(/^You are not allowed to/), expect.anything(), null]],
      });
    });

    test('answers an unknown method with 403', async () => {
      await expect(open().say('model.sale.sale.no_such_button', [1])).rejects.toMatchObject({
        kind: 'permanent',
        code: 'forbidden',
      });
    });

    test('says of an unknown field that something broke', async () => {
      const said = await open().say('model.sale.sale.create', [{ no_such_field: 1 }]);
      expect(said).toMatchObject({ error: [expect.any(String), expect.any(String)] });
    });

    test('refuses a record without what is required', async () => {
      expect(await open().say('model.sale.sale.create', [{ reference: 'nobody' }])).toMatchObject({
        error: ['UserError', [expect.stringContaining('required'), expect.anything(), null]],
      });
    });
  });
}

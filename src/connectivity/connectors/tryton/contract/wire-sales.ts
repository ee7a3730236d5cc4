import { describe, expect, test } from 'vitest';
import type { Raw } from './raw.ts';
import { confirmedSale, draftSale, stateOf } from './raw-documents.ts';
import { facts } from './target.ts';

const pricey = [{ item: facts.item, quantity: 100, price: '2.55' }];

/** How sales behave on the bare wire. */
export function describeSales(open: () => Raw): void {
  describe('a sale on the wire', () => {
    test('is quoted, confirmed and processed in one go, with numbers, sums, shipment and invoice for charges', async () => {
      const raw = open();
      const sale = await confirmedSale(raw, [
        { item: facts.item, quantity: 10, price: '2.55' },
        { item: facts.charge, quantity: 1, price: '18' },
      ]);
      const row = await raw.read('sale.sale', sale, [
        ...['state', 'number', 'untaxed_amount', 'tax_amount', 'total_amount', 'shipment_state', 'invoice_state'],
        ...['shipments.state', 'invoices.state', 'invoices.lines.quantity'],
      ]);
      expect(row).toMatchObject({
        state: 'processing',
        number: expect.stringMatching(/^SO\d+$/),
        untaxed_amount: { __class__: 'Decimal', decimal: '43.50' },
        tax_amount: { __class__: 'Decimal', decimal: '8.70' },
        total_amount: { __class__: 'Decimal', decimal: '52.20' },
        shipment_state: 'waiting',
        invoice_state: 'waiting',
        'shipments.': [{ state: 'waiting' }],
        'invoices.': [{ state: 'draft', 'lines.': [{ quantity: 1 }] }],
      });
    });

    test('skips a button in the wrong state without a word', async () => {
      const raw = open();
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 1 }]);
      expect(await raw.say('model.sale.sale.confirm', [sale])).toEqual({ result: null });
      expect(await stateOf(raw, 'sale.sale', sale)).toBe('draft');
      const confirmed = await confirmedSale(raw, [{ item: facts.item, quantity: 1 }]);
      expect(await raw.say('model.sale.sale.cancel', [confirmed])).toEqual({ result: null });
      expect(await stateOf(raw, 'sale.sale', confirmed)).toBe('processing');
    });

    test('that oversells is refused when it is quoted', async () => {
      const raw = open();
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 10_000_000 }]);
      expect(await raw.say('model.sale.sale.quote', [sale])).toEqual({
        error: ['UserError', [expect.stringContaining('is lower than its quantity'), '', null]],
      });
      expect(await stateOf(raw, 'sale.sale', sale)).toBe('draft');
    });

    test('counts the same item in two lines together when it looks for stock', async () => {
      const raw = open();
      const half = { item: facts.other, quantity: 600_000 };
      const [product] = await raw.rows('product.product', [['code', '=', facts.other]], []);
      expect(product).toBeDefined();
      const sale = await draftSale(raw, [half, half]);
      expect(await raw.say('model.sale.sale.quote', [sale])).toMatchObject({ error: ['UserError', expect.anything()] });
    });

    test('over the limit is an error for most, and a warning for who may override', async () => {
      const raw = open();
      const sale = await draftSale(raw, pricey, facts.limited);
      await raw.call('model.sale.sale.quote', [sale]);
      const refused = expect.stringContaining('reached their credit limit');
      expect(await raw.say('model.sale.sale.confirm', [sale])).toEqual({ error: ['UserError', [refused, '', null]] });
      const warning = `credit_limit_amount_sale.sale,${sale}`;
      expect(await raw.sayAs('credit', 'model.sale.sale.confirm', [sale])).toEqual({
        error: ['UserWarning', [warning, refused, '']],
      });
      expect(await stateOf(raw, 'sale.sale', sale)).toBe('quotation');
      const accepted = { user: await raw.userId('credit'), name: warning, always: false };
      await raw.sayAs('credit', 'model.res.user.warning.create', [accepted]);
      expect(await raw.sayAs('credit', 'model.sale.sale.confirm', [sale])).toEqual({ result: null });
      expect(await stateOf(raw, 'sale.sale', sale)).toBe('processing');
    });

    test('that was not confirmed can be deleted, and nothing is left of it', async () => {
      const raw = open();
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 1 }]);
      await raw.call('model.sale.sale.quote', [sale]);
      await raw.call('model.sale.sale.delete', [sale]);
      expect(await raw.rows('sale.sale', [['id', '=', sale]], ['state'])).toEqual([]);
    });

    test('refuses a write that read an older version', async () => {
      const raw = open();
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 1 }]);
      const stale = { _timestamp: { [`sale.sale,${sale}`]: '1.0' } };
      expect(await raw.sayWith(stale, 'model.sale.sale.write', [sale], { comment: 'late' })).toMatchObject({
        error: ['ConcurrencyException', expect.anything()],
      });
    });

    test('takes the same reference twice: idempotency is ours', async () => {
      const raw = open();
      const first = await draftSale(raw, [{ item: facts.item, quantity: 1 }]);
      const { reference } = await raw.read('sale.sale', first, ['reference']);
      const second = await draftSale(raw, [{ item: facts.item, quantity: 1 }]);
      await raw.call('model.sale.sale.write', [second], { reference });
      expect(await raw.rows('sale.sale', [['reference', '=', reference]], [])).toHaveLength(2);
    });
  });
}

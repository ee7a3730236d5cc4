import { describe, expect, test } from 'vitest';
import type { Booking } from '#model/capabilities';
import type { TrytonVerbs } from '../connector.ts';
import type { Raw } from './raw.ts';
import { booked, callOf, issueRequest, ten } from './requests.ts';
import { facts, fresh } from './target.ts';

const withCharge = [...ten, { item: facts.charge, quantity: '1', price: '18', charge: true }] as const;

/** Posting invoices. */
export function describeInvoicing(verbs: () => TrytonVerbs, open: () => Raw): void {
  const post = (booking: Booking, occasion: string, attempt = 1) =>
    verbs().invoices.post({ booking, occasion }, callOf(fresh('key'), attempt));
  const find = (booking: Booking, occasion: string) => verbs().invoices.findPosted({ booking, occasion }, callOf('q'));
  const ship = (booking: Booking, quantity: string, final = false) =>
    verbs()['goods-issues'].issue(issueRequest(booking, [facts.item], [quantity], { final }), callOf(fresh('key')));

  describe('invoicing', () => {
    test('posts what was shipped, with the charges, once per occasion', async () => {
      const booking = await booked(verbs(), withCharge);
      expect(await find(booking, 'first')).toEqual({ known: 'not-done' });
      await ship(booking, '4');
      const first = await post(booking, 'first');
      const lines = first.invoices.flatMap((invoice) => invoice.lines);
      expect(lines.toSorted((a, b) => a.item.localeCompare(b.item))).toEqual([
        { item: facts.item, quantity: '4', unitPrice: '2.55' },
        { item: facts.charge, quantity: '1', unitPrice: '18' },
      ]);
      expect(first.invoices.every(({ number }) => number !== '')).toBe(true);
      expect(await post(booking, 'first', 2)).toEqual(first);
      expect(await find(booking, 'first')).toEqual({ known: 'done', answer: first });

      await ship(booking, '6', true);
      expect(await post(booking, 'first', 2)).toEqual(first);
      const second = await post(booking, 'second');
      expect(second.invoices).toMatchObject([
        { untaxed: '15.30', tax: '3.06', total: '18.36', lines: [{ item: facts.item, quantity: '6' }] },
      ]);
    });

    test('posts nothing when nothing is due', async () => {
      const booking = await booked(verbs(), ten);
      expect(await post(booking, 'early')).toEqual({ invoices: [] });
      expect(await find(booking, 'early')).toEqual({ known: 'not-done' });
    });

    test('goes on with what was marked for the occasion and not posted', async () => {
      const raw = open();
      const booking = await booked(verbs(), withCharge);
      const { invoices } = await raw.read('sale.sale', Number(booking.id), ['invoices']);
      await raw.call('model.account.invoice.write', invoices, { description: 'charges' });
      expect(await find(booking, 'charges')).toEqual({ known: 'not-done' });
      expect(await post(booking, 'other')).toEqual({ invoices: [] });
      expect((await post(booking, 'charges', 2)).invoices).toMatchObject([{ untaxed: '18.00', total: '21.60' }]);
    });
  });
}

import { describe, expect, test } from 'vitest';
import type { TrytonVerbs } from '../connector.ts';
import type { Raw } from './raw.ts';
import { draftSale, onlyShipment, pressAll, shipmentsOf, stateOf } from './raw-documents.ts';
import { booked, bookingRequest, callOf, faultOf, issueRequest, ten } from './requests.ts';
import { facts, fresh } from './target.ts';

const salesOf = (raw: Raw, orderNumber: string) =>
  raw.rows('sale.sale', [['reference', '=', orderNumber]], ['state', 'description', 'comment', 'lines.sequence']);

/** Booking and taking back. */
export function describeBooking(verbs: () => TrytonVerbs, open: () => Raw): void {
  const orders = () => verbs()['sales-orders'];

  describe('booking', () => {
    test('makes one sale with our marks, confirmed and processed', async () => {
      const lines = [
        ...ten,
        { item: facts.other, quantity: '3', price: '3.39' },
        { ...ten[0], item: facts.charge, quantity: '1', price: '18', charge: true },
      ] as const;
      const request = bookingRequest(lines);
      const key = fresh('key');
      const booking = await orders().book(request, callOf(key));
      expect(booking).toMatchObject({ untaxed: '53.67', tax: '10.73', total: '64.40' });
      expect(await salesOf(open(), request.orderNumber)).toEqual([
        expect.objectContaining({
          id: Number(booking.id),
          state: 'processing',
          description: key,
          comment: 'PO PO-77',
          'lines.': [1, 2, 3].map((sequence) => expect.objectContaining({ sequence })),
        }),
      ]);
      expect(await orders().findBooking(request, callOf(key))).toEqual({ known: 'done', answer: booking });
    });

    test('again under the same key finds the sale and makes no other', async () => {
      const request = bookingRequest(ten);
      const key = fresh('key');
      const booking = await orders().book(request, callOf(key));
      expect(await orders().book(request, callOf(key, 2))).toEqual(booking);
      expect(await salesOf(open(), request.orderNumber)).toHaveLength(1);
    });

    test.each(['draft', 'quotation'])('goes on with a sale that was left as %s', async (left) => {
      const raw = open();
      const request = bookingRequest(ten);
      const key = fresh('key');
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 10 }]);
      await raw.call('model.sale.sale.write', [sale], { reference: request.orderNumber, description: key });
      if (left === 'quotation') await raw.call('model.sale.sale.quote', [sale]);
      expect(await orders().findBooking(request, callOf(key))).toEqual({ known: 'not-done' });
      expect((await orders().book(request, callOf(key, 2))).id).toBe(String(sale));
      expect(await stateOf(raw, 'sale.sale', sale)).toBe('processing');
    });

    test.each(['draft', 'quotation'])(
      'discards a sale that was left as %s, and again changes nothing',
      async (left) => {
        const raw = open();
        const request = bookingRequest(ten);
        const key = fresh('key');
        const sale = await draftSale(raw, [{ item: facts.item, quantity: 10 }]);
        await raw.call('model.sale.sale.write', [sale], { reference: request.orderNumber, description: key });
        if (left === 'quotation') await raw.call('model.sale.sale.quote', [sale]);
        await orders().discardBooking(request, callOf(fresh('other key')));
        expect(await salesOf(raw, request.orderNumber)).toHaveLength(1);
        await orders().discardBooking(request, callOf(key));
        await orders().discardBooking(request, callOf(key, 2));
        expect(await salesOf(raw, request.orderNumber)).toEqual([]);
        const booking = await orders().book(request, callOf(key, 2));
        expect(await stateOf(raw, 'sale.sale', Number(booking.id))).toBe('processing');
      },
    );

    test('does not discard what was booked, and says that it stands', async () => {
      const request = bookingRequest(ten);
      const key = fresh('key');
      const booking = await orders().book(request, callOf(key));
      expect(await faultOf(orders().discardBooking(request, callOf(key)))).toMatchObject({
        kind: 'ambiguous',
        code: 'booking-stands',
      });
      expect(await orders().findBooking(request, callOf(key))).toEqual({ known: 'done', answer: booking });
    });

    test('does not revive a sale that somebody cancelled', async () => {
      const raw = open();
      const request = bookingRequest(ten);
      const key = fresh('key');
      const sale = await draftSale(raw, [{ item: facts.item, quantity: 10 }]);
      await raw.call('model.sale.sale.write', [sale], { reference: request.orderNumber, description: key });
      await raw.call('model.sale.sale.cancel', [sale]);
      expect(await faultOf(orders().book(request, callOf(key, 2)))).toMatchObject({ code: 'booking-was-cancelled' });
    });

    test.each([
      ['not-enough-stock', bookingRequest([{ item: facts.item, quantity: '10000000' }])],
      ['credit-limit-exceeded', bookingRequest([{ item: facts.item, quantity: '1000' }], { customer: facts.limited })],
      ['unknown-item', bookingRequest([{ item: 'NO-SUCH', quantity: '1' }])],
      ['unknown-customer', bookingRequest(ten, { customer: 'nobody' })],
      ['customer-blocked', bookingRequest(ten, { customer: facts.blocked })],
      ['wrong-currency', bookingRequest(ten, { currency: 'EUR' })],
    ])('that is refused (%s) leaves nothing behind', async (code, request) => {
      const key = fresh('key');
      expect(await faultOf(orders().book(request, callOf(key)))).toMatchObject({ kind: 'business', code });
      expect(await salesOf(open(), request.orderNumber)).toEqual([]);
      expect(await orders().findBooking(request, callOf(key))).toEqual({ known: 'not-done' });
    });

    test('over the limit goes through with the override', async () => {
      const request = bookingRequest([{ item: facts.item, quantity: '1000' }], {
        customer: facts.limited,
        creditOverride: true,
      });
      const booking = await orders().book(request, callOf(fresh('key')));
      expect(await stateOf(open(), 'sale.sale', Number(booking.id))).toBe('processing');
      await orders().cancelBooking(booking, callOf(fresh('key')));
    });

    test('many at once books each once', async () => {
      const requests = Array.from({ length: 6 }, () => bookingRequest(ten));
      const bookings = await Promise.all(requests.map((request) => orders().book(request, callOf(fresh('key')))));
      expect(new Set(bookings.map(({ id }) => id)).size).toBe(6);
    });
  });

  describe('taking a booking back', () => {
    test('cancels its shipment and closes the sale; again changes nothing', async () => {
      const raw = open();
      const booking = await booked(verbs(), [...ten, { item: facts.charge, quantity: '1', price: '18', charge: true }]);
      await orders().cancelBooking(booking, callOf(fresh('key')));
      const sale = Number(booking.id);
      expect((await onlyShipment(raw, sale)).state).toBe('cancelled');
      expect(await raw.read('sale.sale', sale, ['state', 'shipment_state', 'invoice_state'])).toMatchObject({
        state: 'done',
        invoice_state: 'none',
      });
      await orders().cancelBooking(booking, callOf(fresh('key'), 2));
      expect(await shipmentsOf(raw, sale)).toHaveLength(1);
    });

    test('keeps what was shipped', async () => {
      const raw = open();
      const booking = await booked(verbs(), ten);
      await verbs()['goods-issues'].issue(issueRequest(booking, [facts.item], ['4']), callOf(fresh('key')));
      await orders().cancelBooking(booking, callOf(fresh('key')));
      const shipments = await shipmentsOf(raw, Number(booking.id));
      expect(shipments.map(({ state }) => state)).toEqual(['done', 'cancelled']);
      expect(await raw.read('sale.sale', Number(booking.id), ['shipment_state'])).toMatchObject({
        shipment_state: 'sent',
      });
    });

    test('takes also a shipment that was assigned and picked', async () => {
      const raw = open();
      const booking = await booked(verbs(), ten);
      const { id } = await onlyShipment(raw, Number(booking.id));
      await pressAll(raw, id, 'assign_try', 'pick');
      await orders().cancelBooking(booking, callOf(fresh('key')));
      expect(await stateOf(raw, 'stock.shipment.out', id)).toBe('cancelled');
    });
  });
}

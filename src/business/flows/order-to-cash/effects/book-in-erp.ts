import { Booking, BookingRequest, SalesOrders } from '#model/capabilities';
import { defineEffect, patiently, per } from '#platform/engine';
import type { OrderDocument } from '../document.ts';
import { bookingRequest, openBookings, siteOfBooking } from '../rules/bookings.ts';

/** Books one sales order for each warehouse of the round, as the ERP can hold it. */
export const bookInErp = defineEffect({
  name: 'book-in-erp',
  uses: SalesOrders,
  verb: 'book',
  occurs: per(openBookings),
  route: (_: OrderDocument, occurrence) => siteOfBooking(occurrence),
  ask: bookingRequest,
  request: BookingRequest,
  answer: Booking,
  do: (erp, request, call) => erp.book(request, call),
  ifUnsure: (erp, request, call) => erp.findBooking(request, call),
  discard: (erp, request, call) => erp.discardBooking(request, call),
  undo: (erp, booking, _, call) => erp.cancelBooking(booking, call),
  retry: patiently,
});

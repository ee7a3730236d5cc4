import type { Booking, BookingRequest, GoodsIssueRequest } from '#model/capabilities';
import { type Call, decimal, Fault } from '#model/kernel';
import type { TrytonVerbs } from '../connector.ts';
import { facts, fresh } from './target.ts';

export const callOf = (key: string, attempt = 1): Call => ({ key, attempt, signal: AbortSignal.timeout(60_000) });

export interface WantedLine {
  readonly item: string;
  readonly quantity: string;
  readonly price?: string;
  readonly charge?: true;
}

export const ten: readonly WantedLine[] = [{ item: facts.item, quantity: '10', price: facts.itemPrice }];

/** A booking for the north. Lines are numbered 1, 2, … */
export function bookingRequest(lines: readonly WantedLine[], changes: Partial<BookingRequest> = {}): BookingRequest {
  return {
    orderNumber: fresh('order'),
    customer: facts.customer,
    customerPurchaseOrder: 'PO-77',
    currency: 'GBP',
    orderedAt: '2026-03-01T09:00:00.000Z',
    site: facts.north,
    creditOverride: false,
    lines: lines.map(({ item, quantity, price, charge }, index) => ({
      lineNumber: index + 1,
      kind: charge === true ? 'charge' : 'goods',
      item,
      quantity: decimal(quantity),
      unit: 'EA',
      unitPrice: decimal(price ?? '2.55'),
    })),
    ...changes,
  };
}

export const booked = (verbs: TrytonVerbs, lines: readonly WantedLine[]): Promise<Booking> =>
  verbs['sales-orders'].book(bookingRequest(lines), callOf(fresh('key')));

/** `shipped` is what left of line 1, 2, …; `''` stands for a line that is not mentioned. */
export function issueRequest(
  booking: Booking,
  items: readonly string[],
  shipped: readonly string[],
  changes: Partial<GoodsIssueRequest> = {},
): GoodsIssueRequest {
  return {
    booking,
    site: facts.north,
    shipmentNumber: fresh('W'),
    shippedAt: new Date().toISOString(),
    final: false,
    lines: items.flatMap((item, index) => {
      const quantity = shipped[index] ?? '';
      return quantity === '' ? [] : [{ lineNumber: index + 1, item, shipped: decimal(quantity), unit: 'EA' }];
    }),
    ...changes,
  };
}

/** The fault with which it fails. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const thrown = await work.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (thrown instanceof Fault) return thrown;
  throw new Error('expected a Fault', { cause: thrown });
}

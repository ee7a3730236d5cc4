import type { BookingRequest } from '#model/capabilities';
import {
  compare,
  type Decimal,
  extendedAmount,
  isNegative,
  multiply,
  negate,
  roundHalfUp,
  subtract,
  sum,
} from '#model/kernel';
import type { BookedOrder } from './booked-order.ts';
import type { Evidence } from './evidence.ts';

const cent = '0.01' as Decimal;

export type Lines = BookingRequest['lines'];

/** As people write money. */
export const inMoney = (amount: Decimal): Decimal => roundHalfUp(amount, 2);

/** Of lines as they were booked, before tax. */
export const netOf = (lines: Lines): Decimal =>
  sum(lines.map(({ unitPrice, quantity }) => extendedAmount(unitPrice, quantity)));

/** Each system rounds its lines in its own way: they may differ by a cent a line. */
export const isSameAmount = (one: Decimal, other: Decimal, lines: number): boolean => {
  const difference = subtract(one, other);
  const size = isNegative(difference) ? negate(difference) : difference;
  return compare(size, multiply(cent, String(Math.max(lines, 1)) as Decimal)) <= 0;
};

/** The sales orders that stand in the ERP, or are under way there. */
export const standing = ({ bookings }: Evidence): readonly BookedOrder[] =>
  bookings.filter(
    ({ booking, isWithdrawnThere, progress }) => !isWithdrawnThere && (booking !== undefined || progress !== 'settled'),
  );

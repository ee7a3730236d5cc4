import { type Instant, plusMilliseconds } from '#model/kernel';
import type { Failure } from '#platform/gateway';

const oneDay = 86_400_000;

/** Is there such a day in the calendar, and in a year that an order may have? `2026-02-31` is none. */
export function isRealDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00.000Z`);
  const year = Number(day.slice(0, 4));
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && year >= 1990 && year <= 2199;
}

/** Is there such a moment? Its form is already known to be right. */
export const isRealInstant = (instant: Instant): boolean =>
  isRealDay(instant.slice(0, 10)) && !Number.isNaN(Date.parse(instant));

/** A moment in the one form that sorts as text: with milliseconds. */
export const inFull = (instant: Instant): Instant => plusMilliseconds(instant, 0);

interface Dates {
  readonly orderedAt?: Instant;
  readonly requestedDate?: string;
}

/** What is wrong with an order's dates. */
export function dateFailures({ orderedAt, requestedDate }: Dates, now: Instant): readonly Failure[] {
  const found: Failure[] = [];
  if (orderedAt !== undefined && !isRealInstant(orderedAt)) {
    found.push({
      code: 'date-not-real',
      path: '/orderedAt',
      message: `There is no such moment as ${orderedAt}: correct it.`,
    });
  } else if (orderedAt !== undefined && inFull(orderedAt) > plusMilliseconds(now, oneDay)) {
    const message = `${orderedAt} is more than a day ahead of ${now}: an order is placed before it is sent.`;
    found.push({ code: 'date-in-future', path: '/orderedAt', message });
  }
  if (requestedDate !== undefined && !isRealDay(requestedDate)) {
    const message = `There is no such day as ${requestedDate}: correct it.`;
    found.push({ code: 'date-not-real', path: '/requestedDate', message });
  }
  return found;
}

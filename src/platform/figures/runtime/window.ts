import type { ClientBase } from 'pg';
import { failed, type Instant, type LocalDate, millisecondsBetween, ok, type Result } from '#model/kernel';
import { type AskedTime, mostDays, type TimeFailure } from '../figure-desk.ts';
import { daysOfTime, startOfDay, startOfDaysBefore } from './sql/read.ts';

export interface Day {
  readonly day: LocalDate;
  readonly starts: Instant;
  readonly ends: Instant;
}

/** A time for which figures are worked out: from its beginning to before its end. */
export interface Time {
  readonly from: Instant;
  readonly to: Instant;
  /** It goes on to this moment. */
  readonly toNow: boolean;
  /** Samples before this count: up to now means all of today, also what a clock that is ahead has written. */
  readonly until: Instant;
  /** Every day that it touches. */
  readonly days: readonly Day[];
}

const usualDaysBefore = 6;
const dayMs = 86_400_000;
const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);
const wrong = (path: TimeFailure['path'], message: string): Result<never, TimeFailure> => failed([{ path, message }]);

/** Reads what was asked for. The end is never after now. */
export async function readTime(
  client: ClientBase,
  { from, to }: AskedTime,
  now: Instant,
  timeZone: string,
): Promise<Result<Time, TimeFailure>> {
  const dayOf = async (day: LocalDate) => {
    const { rows } = await client.query<{ starts: Instant; ends: Instant }>(startOfDay, [day, timeZone]);
    return rows[0] ?? { starts: now, ends: now };
  };
  const asked = to === undefined ? now : isDate(to) ? (await dayOf(to)).ends : to;
  const end = asked < now ? asked : now;
  const usual = async () =>
    (await client.query<{ starts: Instant }>(startOfDaysBefore, [end, timeZone, usualDaysBefore])).rows[0]?.starts ??
    end;
  const start = from === undefined ? await usual() : isDate(from) ? (await dayOf(from)).starts : from;
  if (start >= now) return wrong('/from', 'It is not in the past: name an earlier moment or day.');
  if (start >= end) return wrong('/to', 'It is not after `from`: name a later moment or day.');
  if (millisecondsBetween(start, end) > mostDays * dayMs) {
    return wrong('/from', `That is more than ${mostDays} days before the end: ask for less.`);
  }
  const { rows: days } = await client.query<Day>(daysOfTime, [start, end, timeZone]);
  const toNow = asked >= now;
  return ok({ from: start, to: end, toNow, until: (toNow ? days.at(-1)?.ends : end) ?? end, days });
}

import type { Instant } from '#model/kernel';
import type { Advance } from '../../run.ts';
import { type BusinessCalendar, dueAt } from '../calendar/business-calendar.ts';

type Asked = Exclude<Advance['timer'], string>;

/** When a run is to be told that its deadline is near; null where its state does not ask for that. Counted on the deadline's calendar. */
export function warnedAt(calendar: BusinessCalendar, at: Instant, { within, warnAt }: Asked): Instant | null {
  if (warnAt === undefined) return null;
  return dueAt(calendar, at, { ...within, milliseconds: Math.floor(within.milliseconds * warnAt) });
}

import type { Instant } from '#model/kernel';
import type { Duration } from '../duration.ts';

/** When the installation works; deadlines in business hours count only then. */
export interface BusinessCalendar {
  /** The moment at which so much working time has passed. */
  add(at: Instant, milliseconds: number): Instant;
}

export interface WorkingWeek {
  /** 0 is Sunday. */
  readonly days: readonly number[];
  /** Hours in UTC; the day ends before `to`. */
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;
const hour = 3_600_000;

/** Monday to Friday, 08:00 to 18:00 UTC, unless told otherwise. */
export function createBusinessCalendar(
  week: WorkingWeek = { days: [1, 2, 3, 4, 5], from: 8, to: 18 },
): BusinessCalendar {
  if (week.days.length === 0 || week.from >= week.to) {
    throw new RangeError('business calendar: at least one day, and `from` before `to`');
  }
  return {
    add: (at, milliseconds) => {
      let now = Date.parse(at);
      let left = milliseconds;
      for (;;) {
        const midnight = Math.floor(now / day) * day;
        const opens = midnight + week.from * hour;
        const closes = midnight + week.to * hour;
        const works = week.days.includes(new Date(midnight).getUTCDay());
        const begins = Math.max(now, opens);
        if (works && begins + left <= closes) return new Date(begins + left).toISOString();
        if (works && begins < closes) left -= closes - begins;
        now = midnight + day;
      }
    },
  };
}

/** When a deadline is over. */
export const dueAt = (calendar: BusinessCalendar, at: Instant, within: Duration): Instant =>
  within.calendar === 'business'
    ? calendar.add(at, within.milliseconds)
    : new Date(Date.parse(at) + within.milliseconds).toISOString();

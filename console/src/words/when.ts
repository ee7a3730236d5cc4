import { duration } from './duration.ts';
import { language } from './language.ts';

/** The zone in which all times of the console are shown. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Builds the formats of a zone; the console's own is the browser's. */
export function clockOf(timeZone: string) {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, hourCycle: 'h23', ...options });
  const time = of({ hour: '2-digit', minute: '2-digit' });
  const timeToSecond = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const day = of({ day: 'numeric', month: 'short' });
  const dayAndYear = of({ day: 'numeric', month: 'short', year: 'numeric' });
  const exactly = of({
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
  const year = of({ year: 'numeric' });
  // Swedish writes days as ISO 8601 does.
  const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone });
  const dateOf = (at: Date, now: Date): string => (year.format(at) === year.format(now) ? day : dayAndYear).format(at);
  const isToday = (at: Date, now: Date): boolean => dayAndYear.format(at) === dayAndYear.format(now);
  return {
    /** `13:42` today, `21 Nov, 13:42` on another day, with the year when it is another one. */
    absolute(at: string, now: Date): string {
      const date = new Date(at);
      if (Number.isNaN(date.valueOf())) return at;
      return isToday(date, now) ? time.format(date) : `${dateOf(date, now)}, ${time.format(date)}`;
    },
    /** `13:42:05`, with its day when that is another one. For time lines. */
    toSecond(at: string, now: Date): string {
      const date = new Date(at);
      if (Number.isNaN(date.valueOf())) return at;
      return isToday(date, now) ? timeToSecond.format(date) : `${dateOf(date, now)}, ${timeToSecond.format(date)}`;
    },
    /** `21 Nov` or `21 Nov 2025`. */
    date(at: string, now: Date): string {
      const date = new Date(at);
      return Number.isNaN(date.valueOf()) ? at : dateOf(date, now);
    },
    /** The calendar day there, as the APIs write days: `2026-11-21`. */
    day: (at: Date): string => isoDay.format(at),
    /** Below an axis: `08:00`, and at midnight the day, `21 Nov`. */
    tick(at: Date): string {
      const shown = time.format(at);
      return shown === '00:00' ? day.format(at) : shown;
    },
    /** `Mon 21 November 2026 at 13:42:05.123 GMT`: all of it, for whoever points at a time. */
    exact(at: string): string {
      const date = new Date(at);
      return Number.isNaN(date.valueOf()) ? at : exactly.format(date);
    },
  };
}

/** Times in the browser's zone. */
export const clock = clockOf(zone);

/** `3 min ago`, `in 2 h`, `just now`. */
export function relative(at: string, now: Date): string {
  const seconds = (now.valueOf() - new Date(at).valueOf()) / 1_000;
  if (Number.isNaN(seconds)) return at;
  if (Math.abs(seconds) < 45) return seconds < -5 ? 'in a moment' : 'just now';
  const length = duration(Math.max(60, Math.abs(seconds))).replace(/ \d+ s$/, '');
  return seconds > 0 ? `${length} ago` : `in ${length}`;
}

/** How long something has been so: `2 h 5 min`. */
export function age(since: string, now: Date): string {
  return duration(Math.max(0, Math.floor((now.valueOf() - new Date(since).valueOf()) / 1_000)));
}

import { language } from '../../../words/language.ts';
import { zone } from '../../../words/when.ts';

const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
const heading = new Intl.DateTimeFormat(language, {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const time = new Intl.DateTimeFormat(language, {
  timeZone: zone,
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The calendar day of an instant in the browser's zone, `2026-11-23`. */
export const dayOf = (at: string): string => parts.format(new Date(at));

/** A day as a heading; the present one says so. */
export function dayHeading(day: string, now: string): string {
  const words = heading.format(new Date(`${day}T00:00:00Z`));
  return day === dayOf(now) ? `Today, ${words}` : words;
}

/** `13:47:56.315`: what happens in one second has an order too. */
export const timeOfDay = (at: string): string => time.format(new Date(at));

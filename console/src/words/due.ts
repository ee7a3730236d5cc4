import { language } from './language.ts';
import { clockOf, zone } from './when.ts';

interface Due {
  /** `21 Nov`, with the year when it is another one. */
  readonly text: string;
  /** All of it, for whoever points at it. */
  readonly exact: string;
  /** How many days it is over, as who looks counts days; 0 when it is not. */
  readonly daysLate: number;
}

const dayMs = 86_400_000;
// The day is the same wherever one looks from: it is never moved into a zone.
const named = clockOf('UTC');
const wholly = new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'full' });

/**
 * Builds the words for a day by which something is due, for who looks from a zone. The APIs say the day (`2026-11-21`), or, where it
 * stands among moments, its last one in UTC (`2026-11-21T23:59:59.000Z`); either names that day and no moment.
 */
export const dueIn = (timeZone: string) => {
  const here = clockOf(timeZone);
  return (by: string, now: Date): Due => {
    const day = Date.parse(by.slice(0, 10));
    if (Number.isNaN(day)) return { text: by, exact: by, daysLate: 0 };
    const today = Date.parse(here.day(now));
    return {
      text: named.date(by.slice(0, 10), new Date(today)),
      exact: wholly.format(day),
      daysLate: Math.max(0, (today - day) / dayMs),
    };
  };
};

/** When something is due, for who looks from the browser's zone. */
export const due = dueIn(zone);

import type { LocalDate } from '#model/kernel';
import { createZone } from './business-calendar-zone.ts';

/** From Sunday, as `Date` counts. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** When somebody works, in local time. */
export interface CalendarDefinition {
  /** IANA name, e.g. `Europe/London`; its daylight saving is followed. */
  readonly timeZone: string;
  /** Openings by weekday as `HH:MM-HH:MM`; `24:00` ends a day, and an end before the beginning is in the morning after. */
  readonly hours: Readonly<Partial<Record<Weekday, readonly string[]>>>;
  /** Days on which nothing opens. What opened the evening before still closes in their morning. */
  readonly holidays?: readonly LocalDate[];
}

/** One opening in minutes from the midnight on which its day begins; above 1 440 it ends on the day after. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

export interface CalendarFailure {
  /** JSON pointer inside the definition. */
  readonly path: string;
  readonly message: string;
}

const openingText = /^([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const dayMinutes = 1_440;

/** Reads `HH:MM-HH:MM`; undefined when it is none. */
export function readOpening(text: string): Opening | undefined {
  const parts = openingText.exec(text);
  if (parts === null) return undefined;
  const from = Number(parts[1]) * 60 + Number(parts[2]);
  const to = parts[3] === undefined ? dayMinutes : Number(parts[3]) * 60 + Number(parts[4]);
  return { from, to: to > from ? to : to + dayMinutes };
}

function zoneFailures(timeZone: string): readonly CalendarFailure[] {
  try {
    createZone(timeZone);
    return [];
  } catch {
    return [{ path: '/timeZone', message: `there is no time zone ${timeZone}; name one as Europe/London or UTC` }];
  }
}

function hourFailures(hours: CalendarDefinition['hours']): readonly CalendarFailure[] {
  const failures = Object.entries(hours).flatMap(([weekday, openings]) =>
    (openings ?? []).flatMap((text, index) => {
      const path = `/hours/${weekday}/${index}`;
      if (!weekdays.some((known) => known === weekday)) {
        return [{ path: `/hours/${weekday}`, message: `there is no such weekday; there are ${weekdays.join(', ')}` }];
      }
      return readOpening(text) === undefined
        ? [{ path, message: `${text} is no opening; write it as 08:00-18:00, over midnight as 22:00-06:00` }]
        : [];
    }),
  );
  const isOpenAtAll = Object.values(hours).some((openings) => (openings ?? []).length > 0);
  return isOpenAtAll
    ? failures
    : [...failures, { path: '/hours', message: 'is never open; name at least one opening of one weekday' }];
}

/** A day that exists: `2026-02-30` does not. */
function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** Everything that is wrong with a calendar; empty when it can be used. */
export function calendarFailures(definition: CalendarDefinition): readonly CalendarFailure[] {
  const { timeZone, hours, holidays = [] } = definition;
  const noDays = holidays.flatMap((date, index) =>
    isDay(date) ? [] : [{ path: `/holidays/${index}`, message: `${date} is no day; write it as 2026-12-25` }],
  );
  return [...zoneFailures(timeZone), ...hourFailures(hours), ...noDays];
}

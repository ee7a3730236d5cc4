import type { LocalDays } from '#business/apis/orders/v1';
import { type CalendarDefinition, createZone, readOpening, usualWeek, weekdays } from '#platform/engine/runtime';
import type { CalendarParts } from './calendars.ts';

const day = 86_400_000;
const minute = 60_000;

const midnight = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);
const iso = (at: number): string => new Date(at).toISOString();

/** The calendar on which deadlines count: also the installation's own days. */
function definitionOf({ calendars = {}, deadlines = {} }: CalendarParts): CalendarDefinition {
  const named = deadlines.calendar === undefined ? undefined : calendars[deadlines.calendar];
  return named ?? usualWeek;
}

/** Days and hours in the time zone of the deadlines' calendar. */
export function createLocalDays(parts: CalendarParts): LocalDays {
  const { timeZone, hours, holidays = [] } = definitionOf(parts);
  const zone = createZone(timeZone);
  const dates = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    dateOf: (at) => dates.format(Date.parse(at)),
    startOf: (date) => iso(zone.first(midnight(date))),
    later: (date, days) => iso(midnight(date) + days * day).slice(0, 10),
    at: (date, hour) => {
      const [hourOfDay = 0, minutes = 0] = hour.split(':').map(Number);
      return iso(zone.first(midnight(date) + (hourOfDay * 60 + minutes) * minute));
    },
    closesOn: (date) => {
      const weekday = weekdays[new Date(midnight(date)).getUTCDay()];
      if (weekday === undefined || holidays.includes(date)) return undefined;
      const ends = (hours[weekday] ?? []).flatMap((text) => readOpening(text)?.to ?? []);
      return ends.length === 0 ? undefined : iso(zone.last(midnight(date) + Math.max(...ends) * minute));
    },
  };
}

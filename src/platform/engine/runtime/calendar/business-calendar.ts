import type { Instant } from '#model/kernel';
import type { Duration } from '../../duration.ts';
import {
  type CalendarDefinition,
  calendarFailures,
  type Opening,
  readOpening,
  weekdays,
} from './business-calendar-definition.ts';
import { createZone } from './business-calendar-zone.ts';

/** When the installation works; deadlines in business hours count only then. */
export interface BusinessCalendar {
  /** The moment at which so much working time has passed: at the earliest when it opens next, at the latest when it closes. */
  add(at: Instant, milliseconds: number): Instant;
  isOpen(at: Instant): boolean;
  /** The moment itself when it is open, else when it opens next. */
  opensNext(at: Instant): Instant;
}

const day = 86_400_000;
const minute = 60_000;
/** A zone is at most fourteen hours ahead, and what opened the evening before may still be open. */
const daysBehind = 3;
/** A year of openings: what is asked for lies together. */
const daysKept = 400;

/** Openings as moments: from, until. */
type Stretch = readonly [number, number];

/** Monday to Friday, 08:00 to 18:00 UTC. */
export const usualWeek: CalendarDefinition = {
  timeZone: 'UTC',
  hours: Object.fromEntries(weekdays.slice(1, 6).map((weekday) => [weekday, ['08:00-18:00']])),
};

function readWeek({ hours }: CalendarDefinition): readonly (readonly Opening[])[] {
  return weekdays.map((weekday) =>
    (hours[weekday] ?? []).flatMap((text) => readOpening(text) ?? []).sort((one, other) => one.from - other.from),
  );
}

/**
 * A calendar in local time. Time worked is time that passes: a shift over the night when clocks are put back is an hour longer.
 * Throws a `RangeError` that names every wrong member.
 */
export function createBusinessCalendar(definition: CalendarDefinition = usualWeek): BusinessCalendar {
  const failures = calendarFailures(definition);
  if (failures.length > 0) {
    throw new RangeError(`business calendar: ${failures.map(({ path, message }) => `${path}: ${message}`).join('; ')}`);
  }
  const zone = createZone(definition.timeZone);
  const week = readWeek(definition);
  const holidays = new Set(definition.holidays ?? []);
  const kept = new Map<number, readonly Stretch[]>();

  function work(date: number): readonly Stretch[] {
    const at = new Date(date);
    if (holidays.has(at.toISOString().slice(0, 10))) return [];
    return (week[at.getUTCDay()] ?? []).map(({ from, to }) => [
      zone.first(date + from * minute),
      zone.last(date + to * minute),
    ]);
  }

  function stretches(date: number): readonly Stretch[] {
    const known = kept.get(date);
    if (known !== undefined) return known;
    if (kept.size >= daysKept) kept.clear();
    const found = work(date);
    kept.set(date, found);
    return found;
  }

  /** Openings from a moment on, cut to it, without end: some weekday opens, and holidays are counted. */
  function* from(at: number): Generator<Stretch, never> {
    let now = at;
    for (let date = Math.floor(at / day) * day - daysBehind * day; ; date += day) {
      for (const [opens, closes] of stretches(date)) {
        // Clocks that jump over an opening leave nothing of it.
        if (closes <= now || opens >= closes) continue;
        yield [Math.max(now, opens), closes];
        now = closes;
      }
    }
  }

  function first(at: Instant): number {
    return from(Date.parse(at)).next().value[0];
  }

  return {
    add: (at, milliseconds) => {
      if (!Number.isFinite(milliseconds)) throw new RangeError('business calendar: add a finite time');
      let left = Math.max(0, milliseconds);
      for (const [opens, closes] of from(Date.parse(at))) {
        if (opens + left <= closes) return new Date(opens + left).toISOString();
        left -= closes - opens;
      }
      throw new RangeError('business calendar: it never opens');
    },
    isOpen: (at) => first(at) === Date.parse(at),
    opensNext: (at) => new Date(first(at)).toISOString(),
  };
}

/** When a deadline is over. */
export const dueAt = (calendar: BusinessCalendar, at: Instant, within: Duration): Instant =>
  within.calendar === 'business'
    ? calendar.add(at, within.milliseconds)
    : new Date(Date.parse(at) + within.milliseconds).toISOString();

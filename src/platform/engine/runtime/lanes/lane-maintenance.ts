import type { Instant } from '#model/kernel';
import { readOpening, type Weekday, weekdays } from '../calendar/business-calendar-definition.ts';
import { createZone } from '../calendar/business-calendar-zone.ts';

/** A weekly stretch of local time in which a lane keeps its work; an end before the beginning is in the morning after. */
export interface MaintenanceWindow {
  readonly days: readonly Weekday[];
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM`; `24:00` ends the day. */
  readonly to: string;
  /** IANA name, e.g. `Europe/London`; its daylight saving is followed. */
  readonly timeZone: string;
}

export interface MaintenanceFailure {
  /** JSON pointer inside the list of windows. */
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with a lane's windows; empty when they can be used. */
export function maintenanceFailures(windows: readonly MaintenanceWindow[]): readonly MaintenanceFailure[] {
  return windows.flatMap(({ from, to, timeZone }, index) => {
    const failures: MaintenanceFailure[] = [];
    if (readOpening(`${from}-${to}`) === undefined || from === to) {
      failures.push({
        path: `/${index}/from`,
        message: `${from} to ${to} is no stretch of time; write 22:00 and 02:00`,
      });
    }
    try {
      createZone(timeZone);
    } catch {
      const message = `there is no time zone ${timeZone}; name one as Europe/London or UTC`;
      failures.push({ path: `/${index}/timeZone`, message });
    }
    return failures;
  });
}

/** Answers until when a lane is in maintenance; undefined when it is not. */
export type Maintenance = (at: Instant) => Instant | undefined;

const day = 86_400_000;
const minute = 60_000;

function endOf({ days, from, to, timeZone }: MaintenanceWindow): (at: number) => number | undefined {
  const stretch = readOpening(`${from}-${to}`);
  if (stretch === undefined) throw new RangeError(`maintenance window: ${from} to ${to} is no stretch of time`);
  const zone = createZone(timeZone);
  return (at) => {
    const today = Math.floor(at / day) * day;
    // A zone is at most fourteen hours off, and a window that began the evening before may still stand.
    for (const date of [today - 2 * day, today - day, today, today + day]) {
      const weekday = weekdays[new Date(date).getUTCDay()];
      if (weekday === undefined || !days.includes(weekday)) continue;
      const [begin, end] = [zone.first(date + stretch.from * minute), zone.last(date + stretch.to * minute)];
      if (begin <= at && at < end) return end;
    }
    return undefined;
  };
}

/** Throws a `RangeError` when a window cannot be read. Windows that touch are one. */
export function createMaintenance(windows: readonly MaintenanceWindow[]): Maintenance {
  const ends = windows.map(endOf);
  return (at) => {
    let until: number | undefined;
    for (let moment: number | undefined = Date.parse(at); moment !== undefined; ) {
      const now: number = moment;
      const later = ends.flatMap((end) => end(now) ?? []);
      moment = later.length === 0 ? undefined : Math.max(...later);
      // A window without an end is one that follows itself for a week; nobody needs to know more.
      if (moment !== undefined && moment - Date.parse(at) > 8 * day) return new Date(moment).toISOString();
      until = moment ?? until;
    }
    return until === undefined ? undefined : new Date(until).toISOString();
  };
}

import { plusMilliseconds } from '#model/kernel';
import type { Time } from './window.ts';

const hour = 3_600_000;
/** Below so many days the trend is by the hour. */
const hourlyBelowMs = 3 * 24 * hour;

export const isHourly = ({ from, to }: Time): boolean => Date.parse(to) - Date.parse(from) < hourlyBelowMs;

/** The beginnings of the hours of a time, counted from the beginning of its first day. */
function hoursOf({ from, to, days }: Time): readonly string[] {
  const origin = days[0]?.starts ?? from;
  const before = Math.floor((Date.parse(from) - Date.parse(origin)) / hour);
  const first = Date.parse(origin) + before * hour;
  return Array.from({ length: Math.ceil((Date.parse(to) - first) / hour) }, (_, index) =>
    new Date(first + index * hour).toISOString(),
  );
}

/** The moments at which the ticks of a trend begin, and where the last one ends. */
export const ticksOf = (time: Time): readonly string[] =>
  isHourly(time) ? hoursOf(time) : time.days.map(({ starts }) => starts);
/** The moments at which they end; none after the end of the time. */
export function tickEnds(time: Time): readonly string[] {
  const ends = isHourly(time)
    ? hoursOf(time).map((at) => plusMilliseconds(at, hour))
    : time.days.map(({ ends }) => ends);
  const inside = ends.filter((end) => end < time.to);
  return [...inside, ...ends.slice(inside.length).map(() => time.to)];
}

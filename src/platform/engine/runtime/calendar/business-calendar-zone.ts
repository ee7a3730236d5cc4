const minute = 60_000;
const day = 86_400_000;
const offsetText = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Local time of one zone, in milliseconds since 1970. A local moment is what a UTC clock would show with those digits. */
export interface Zone {
  /** The first moment at which the zone's clocks show this; where they jump over it, the moment of the jump. */
  first(local: number): number;
  /** The last moment at which they show it: it differs where they are put back. */
  last(local: number): number;
}

/** The zone's distance to UTC at a moment, ms. */
function offsets(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const text = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes, seconds] = offsetText.exec(text) ?? [];
    const distance = Number(hours ?? 0) * 60 * minute + Number(minutes ?? 0) * minute + Number(seconds ?? 0) * 1_000;
    return sign === '-' ? -distance : distance;
  };
}

/** Reads an IANA zone; throws a `RangeError` when there is none of that name. */
export function createZone(timeZone: string): Zone {
  const offset = offsets(timeZone);

  /** The moment of the change between two moments with different offsets. */
  function change(from: number, to: number): number {
    const before = offset(from);
    let [low, high] = [from, to];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  function moments(local: number): readonly number[] {
    const before = offset(local - day);
    const after = offset(local + day);
    if (before === after) return [local - before];
    const found = [local - before, local - after].filter((at) => at + offset(at) === local);
    return found.length === 0 ? [change(local - day, local + day)] : found;
  }

  return { first: (local) => Math.min(...moments(local)), last: (local) => Math.max(...moments(local)) };
}

/** A stretch of the axis. Times in milliseconds; `left` and `right` in shares of the whole width. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  /** A long wait, drawn shorter than it was. */
  readonly collapsed: boolean;
}

export interface TimeAxis {
  readonly stretches: readonly Stretch[];
  /** Where a moment is drawn, 0 to 1. */
  place(time: number): number;
}

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A wait that is shorter is always drawn as it is. */
const leastWaitMs = 5_000;
/** What a collapsed wait takes of the width; all of them together take no more than half. */
const usualShare = 0.06;
const mostShare = 0.5;

/**
 * An axis on which what happened can be seen though the order waited for days: times between two beginnings or ends in which
 * nothing began or ended are collapsed when they are longer than half of all other time.
 */
export function timeAxis(intervals: readonly Interval[]): TimeAxis {
  const moments = [...new Set(intervals.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const lengths = moments.slice(1).map((moment, index) => moment - (moments[index] ?? moment));
  const busy = lengths.filter((length) => length <= leastWaitMs).reduce((sum, length) => sum + length, 0);
  const most = Math.max(leastWaitMs, busy / 2);
  const longAmong = lengths.filter((length) => length > most);
  const drawn = lengths.reduce((sum, length) => sum + (length > most ? 0 : length), 0);
  // One wait and nothing else is not worth an axis that hides it.
  const collapses = drawn > 0 ? longAmong.length : 0;
  const share = collapses === 0 ? 0 : Math.min(usualShare, mostShare / collapses);
  const whole = drawn > 0 ? drawn : lengths.reduce((sum, length) => sum + length, 0);
  const scale = whole === 0 ? 0 : (1 - share * collapses) / whole;
  const stretches: Stretch[] = [];
  let left = 0;
  lengths.forEach((length, index) => {
    const from = moments[index] ?? 0;
    const collapsed = collapses > 0 && length > most;
    const right = left + (collapsed ? share : length * scale);
    const last = stretches.at(-1);
    if (last !== undefined && !last.collapsed && !collapsed) {
      stretches[stretches.length - 1] = { ...last, to: from + length, right };
    } else stretches.push({ from, to: from + length, left, right, collapsed });
    left = right;
  });
  const place = (time: number): number => {
    for (const stretch of stretches) {
      if (time > stretch.to) continue;
      const within = Math.max(0, time - stretch.from) / Math.max(1, stretch.to - stretch.from);
      return stretch.left + within * (stretch.right - stretch.left);
    }
    return stretches.length === 0 ? 0 : 1;
  };
  return { stretches, place };
}

/** Steps that read well, in milliseconds. */
const steps = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000,
  21_600_000, 86_400_000,
];

export interface Tick {
  readonly time: number;
  readonly at: number;
  /** Since the beginning of the axis. */
  readonly sinceMs: number;
}

/** Right of it a mark would stand out of the axis. */
const lastMark = 0.94;

/** Marks for the parts that are drawn as they were, at most one every `apart` of the width. */
export function ticksOf({ stretches }: TimeAxis, apart = 0.12): readonly Tick[] {
  const start = stretches[0]?.from ?? 0;
  const ticks: Tick[] = [];
  for (const { from, to, left, right, collapsed } of stretches) {
    if (collapsed || right <= left) continue;
    const perShare = (to - from) / (right - left);
    const step = steps.find((each) => each >= perShare * apart) ?? 604_800_000;
    for (let since = Math.ceil((from - start) / step) * step; start + since <= to; since += step) {
      const at = left + (start + since - from) / perShare;
      if (at > lastMark) break;
      if (ticks.length === 0 || at - (ticks.at(-1)?.at ?? 0) >= apart)
        ticks.push({ time: start + since, at, sinceMs: since });
    }
  }
  return ticks;
}

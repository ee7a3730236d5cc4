import type { ClientBase } from 'pg';
import { plusMilliseconds } from '#model/kernel';
import { gatherDigest, readDigest } from './digest.ts';
import { noSites } from './numbers.ts';
import { unpackValues } from './packed-values.ts';
import { digestsOfDays, digestsOfMonths, staleDays, sumsOfDays, valuesByHour, valuesOf } from './sql/read.ts';
import { addTally, noTally, type Tally } from './tally.ts';
import type { Day, Time } from './window.ts';

/** A figure as it is stored. */
export interface NumberedFigure {
  readonly id: number;
  readonly isMedian: boolean;
}

/** What is known of a figure for one day or hour; of a day that was summed up before its median is known without its digest. */
export interface Tick extends Tally {
  readonly median?: number;
}

/** A figure over a time, and by the beginnings of its days or hours. */
export interface Tallies {
  readonly whole: Tally;
  readonly ticks: ReadonlyMap<string, Tick>;
}

interface ValuesRow {
  readonly figure: number;
  readonly count: number;
  readonly sum: number;
  readonly values: Buffer;
}

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

const tallyOf = ({ count, sum, values }: ValuesRow, isMedian: boolean): Tally => ({
  count,
  sum,
  digests: isMedian ? [gatherDigest(unpackValues(values))] : [],
});

/** Gathers tallies by figure and tick. */
function createGatherer(figures: readonly NumberedFigure[]) {
  const known = new Map(
    figures.map(({ id, isMedian }) => [id, { isMedian, ticks: new Map<string, Tick>(), whole: noTally }]),
  );
  return {
    isMedian: (figure: number) => known.get(figure)?.isMedian ?? false,
    add: (figure: number, tick: string, tally: Tick, forWhole: Tally = tally) => {
      const own = known.get(figure);
      if (own === undefined) return;
      const before = own.ticks.get(tick);
      own.ticks.set(tick, before === undefined ? tally : addTally(before, tally));
      own.whole = addTally(own.whole, forWhole);
    },
    addToWhole: (figure: number, tally: Tally) => {
      const own = known.get(figure);
      if (own !== undefined) own.whole = addTally(own.whole, tally);
    },
    result: (): ReadonlyMap<number, Tallies> => known,
  };
}
type Gatherer = ReturnType<typeof createGatherer>;

async function byHour(
  client: ClientBase,
  gather: Gatherer,
  ids: readonly number[],
  time: Time,
  sites: readonly number[] | null,
) {
  const pairs = ids.flatMap((id) => time.days.map(({ day }) => [id, day] as const));
  const { rows } = await client.query<ValuesRow & { hour: string }>(valuesByHour, [
    pairs.map(([id]) => id),
    pairs.map(([, day]) => day),
    time.from,
    time.until,
    sites,
    time.days[0]?.starts ?? time.from,
  ]);
  for (const row of rows) gather.add(row.figure, row.hour, tallyOf(row, gather.isMedian(row.figure)));
}

interface SumRow {
  readonly figure: number;
  readonly day: string;
  readonly count: number;
  readonly sum: number;
  readonly median: number | null;
  readonly digest: Buffer | null;
}

interface Whole {
  readonly first: string;
  readonly last: string;
  readonly days: ReadonlySet<string>;
}

/** Days of which nothing is cut off. */
function wholeDays({ from, to, toNow, days }: Time): Whole | undefined {
  const whole = days.filter(({ starts, ends }) => starts >= from && (ends <= to || toNow)).map(({ day }) => day);
  const [first] = whole;
  const last = whole.at(-1);
  return first === undefined || last === undefined ? undefined : { first, last, days: new Set(whole) };
}

/** Months that lie in these days from end to end, each with its days. */
function monthsIn(days: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const months = new Map<string, string[]>();
  for (const day of days) months.set(`${day.slice(0, 7)}-01`, [...(months.get(`${day.slice(0, 7)}-01`) ?? []), day]);
  const lengthOf = (month: string): number =>
    new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return new Map([...months].filter(([month, own]) => own.length === lengthOf(month)));
}

interface DigestRow {
  readonly figure: number;
  readonly digest: Buffer;
}

/** Digests for the whole time, of days that are summed up: by the month where all of one is. */
async function addDigests(client: ClientBase, gather: Gatherer, clean: ReadonlyMap<number, readonly string[]>) {
  const wantedMonths: (readonly [number, string])[] = [];
  const wantedDays: (readonly [number, string])[] = [];
  for (const [figure, days] of clean) {
    if (!gather.isMedian(figure)) continue;
    const months = monthsIn(days);
    const inMonths = new Set([...months.values()].flat());
    for (const month of months.keys()) wantedMonths.push([figure, month]);
    for (const day of days) if (!inMonths.has(day)) wantedDays.push([figure, day]);
  }
  for (const [statement, wanted] of [
    [digestsOfMonths, wantedMonths],
    [digestsOfDays, wantedDays],
  ] as const) {
    if (wanted.length === 0) continue;
    const { rows } = await client.query<DigestRow>(statement, [wanted.map(([id]) => id), wanted.map(([, day]) => day)]);
    for (const { figure, digest } of rows)
      gather.addToWhole(figure, { count: 0, sum: 0, digests: [readDigest(digest)] });
  }
}

async function byDay(
  client: ClientBase,
  gather: Gatherer,
  ids: readonly number[],
  time: Time,
  sites: readonly number[] | null,
) {
  const startOf = new Map(time.days.map(({ day, starts }: Day) => [day, starts]));
  const tickOf = (day: string): string => startOf.get(day) ?? day;
  const whole = wholeDays(time);
  const direct = ids.flatMap((id) =>
    time.days.flatMap(({ day }) => (whole?.days.has(day) ? [] : [[id, day] as const])),
  );
  if (whole !== undefined) {
    const { first, last } = whole;
    const stale = await client.query<{ figure: number; day: string }>(staleDays, [ids, first, last]);
    const isStale = new Set(stale.rows.map(({ figure, day }) => `${figure} ${day}`));
    for (const { figure, day } of stale.rows) direct.push([figure, day]);
    const { rows } = await client.query<SumRow>(sumsOfDays, [ids, first, last, sites ?? [noSites], sites !== null]);
    const clean = new Map<number, string[]>();
    for (const { figure, day, count, sum, median, digest } of rows) {
      if (isStale.has(`${figure} ${day}`)) continue;
      const digests = digest === null ? [] : [readDigest(digest)];
      gather.add(figure, tickOf(day), {
        count,
        sum,
        digests,
        ...(sites !== null || median === null ? {} : { median }),
      });
    }
    if (sites === null) {
      for (const id of ids)
        clean.set(
          id,
          [...whole.days].filter((day) => !isStale.has(`${id} ${day}`)),
        );
      await addDigests(client, gather, clean);
    }
  }
  if (direct.length === 0) return;
  const { rows } = await client.query<ValuesRow & { day: string }>(valuesOf, [
    direct.map(([id]) => id),
    direct.map(([, day]) => day),
    time.from,
    time.until,
    sites,
  ]);
  for (const row of rows) gather.add(row.figure, tickOf(row.day), tallyOf(row, gather.isMedian(row.figure)));
}

/**
 * What figures come to over a time, and by day or hour. Days that are summed up are taken as they are; those that changed since, and
 * those of which a part is asked for, from their samples: the answer is right whether or not anything was summed up. Inside a transaction
 * that sees one moment. `sites`: only samples of these combinations of warehouses.
 */
export async function readTallies(
  client: ClientBase,
  figures: readonly NumberedFigure[],
  time: Time,
  sites: readonly number[] | null,
): Promise<ReadonlyMap<number, Tallies>> {
  const gather = createGatherer(figures);
  const ids = figures.map(({ id }) => id);
  if (ids.length > 0) await (isHourly(time) ? byHour : byDay)(client, gather, ids, time, sites);
  return gather.result();
}

import type { ClientBase } from 'pg';
import { gatherDigest, readDigest } from './digest.ts';
import { createGatherer, type Gatherer, type NumberedFigure, type Tallies } from './gather-tallies.ts';
import { noSites } from './numbers.ts';
import { unpackValues } from './packed-values.ts';
import { addDigests } from './read-digests.ts';
import { staleDays, sumsOfDays, valuesByHour, valuesOf } from './sql/read.ts';
import type { Tally } from './tally.ts';
import { isHourly } from './ticks.ts';
import type { Day, Time } from './window.ts';

interface ValuesRow {
  readonly figure: number;
  readonly count: number;
  readonly sum: number;
  readonly values: Buffer;
}

const tallyOf = ({ count, sum, values }: ValuesRow, isMedian: boolean): Tally => ({
  count,
  sum,
  digests: isMedian ? [gatherDigest(unpackValues(values))] : [],
});

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

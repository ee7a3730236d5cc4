import type { ClientBase } from 'pg';
import { type Database, inTransaction } from '#platform/storage';
import type { FigureSet } from '../figure.ts';
import { type Digest, gatherDigest, mergeDigests, readDigest, writeDigest } from './digest.ts';
import { setOfFigure } from './figure-sets.ts';
import { noSites } from './numbers.ts';
import { unpackValues } from './packed-values.ts';
import { quantile } from './quantile.ts';
import { daysOfMonths, forgetDays, forgetMonths, putDays, putMonths, takeStale, valuesOfDays } from './sql/roll.ts';
import { namesOf, oneSampler } from './sql/samples.ts';

export interface RollNeeds {
  readonly database: Database;
  readonly sets: readonly FigureSet[];
  readonly timeZone: string;
  /** Days of figures at once; default 200. */
  readonly slice?: number;
}

/** One figure, one day or month, one combination of warehouses. */
interface Sum {
  readonly figure: number;
  readonly time: string;
  readonly sites: number;
  readonly count: number;
  readonly sum: number;
  /** Of figures whose value is a median. */
  readonly digest?: Digest;
}

const usualSlice = 200;
const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;

/** Sums of the same figure and time as one, whatever their warehouses. */
function ofAllSites(sums: readonly Sum[]): readonly Sum[] {
  const together = new Map<string, Sum[]>();
  for (const sum of sums) {
    const name = `${sum.figure} ${sum.time}`;
    together.set(name, [...(together.get(name) ?? []), sum]);
  }
  return [...together.values()].flatMap((parts) => join(parts, noSites));
}

/** Sums of one figure and time as one. */
function join(parts: readonly Sum[], sites: number): readonly Sum[] {
  const [first] = parts;
  if (first === undefined) return [];
  const digests = parts.flatMap(({ digest }) => digest ?? []);
  return [
    {
      figure: first.figure,
      time: first.time,
      sites,
      count: parts.reduce((count, part) => count + part.count, 0),
      sum: parts.reduce((sum, part) => sum + part.sum, 0),
      ...(digests.length === 0 ? {} : { digest: mergeDigests(digests) }),
    },
  ];
}

const column = <Value>(sums: readonly Sum[], value: (sum: Sum) => Value): readonly Value[] => sums.map(value);
const columns = (sums: readonly Sum[]) => [
  column(sums, ({ figure }) => figure),
  column(sums, ({ time }) => time),
  column(sums, ({ sites }) => sites),
  column(sums, ({ count }) => count),
  column(sums, ({ sum }) => sum),
];
const digests = (sums: readonly Sum[]) =>
  column(sums, ({ digest }) => (digest === undefined ? null : writeDigest(digest)));
const quantiles = (sums: readonly Sum[], share: number) =>
  column(sums, ({ digest }) => (digest === undefined ? null : (quantile([digest], share) ?? null)));

interface ValuesRow {
  readonly figure: number;
  readonly day: string;
  readonly sites: number;
  readonly count: number;
  readonly sum: number;
  readonly values: Buffer;
}

/** Sums up days from their samples: for each combination of warehouses, and for all together. */
async function rollDays(
  client: ClientBase,
  figures: readonly number[],
  days: readonly string[],
  medians: ReadonlySet<number>,
) {
  const { rows } = await client.query<ValuesRow>(valuesOfDays, [figures, days]);
  const sumOf = ({ figure, day, sites, count, sum }: ValuesRow, values: readonly Float64Array[]): Sum => ({
    ...{ figure, time: day, sites, count, sum },
    ...(medians.has(figure) ? { digest: gatherDigest(values.flatMap((each) => [...each])) } : {}),
  });
  const bySites = rows.map((row) => sumOf(row, [unpackValues(row.values)]));
  const sums = [...ofAllSites(bySites), ...bySites.filter(({ sites }) => sites !== noSites)];
  await client.query(forgetDays, [figures, days]);
  await client.query(putDays, [...columns(sums), quantiles(sums, 0.5), quantiles(sums, 0.95), digests(sums)]);
}

interface DayRow extends Omit<ValuesRow, 'day' | 'values'> {
  readonly month: string;
  readonly digest: Buffer | null;
}

async function rollMonths(client: ClientBase, figures: readonly number[], months: readonly string[]) {
  const { rows } = await client.query<DayRow>(daysOfMonths, [figures, months]);
  const groups = new Map<string, Sum[]>();
  for (const { figure, month, sites, count, sum, digest } of rows) {
    const name = `${figure} ${month} ${sites}`;
    const day = { figure, time: month, sites, count, sum, ...(digest === null ? {} : { digest: readDigest(digest) }) };
    groups.set(name, [...(groups.get(name) ?? []), day]);
  }
  const sums = [...groups.values()].flatMap((days) => join(days, days[0]?.sites ?? noSites));
  await client.query(forgetMonths, [figures, months]);
  await client.query(putMonths, [...columns(sums), digests(sums)]);
}

/**
 * Sums up days whose samples changed, and their months; answers how many there were. All in one transaction: what a node that died had
 * begun is stale still. Doing it twice changes nothing.
 */
export async function rollStale(
  { database, sets, timeZone, slice = usualSlice }: RollNeeds,
  alsoToday: boolean,
): Promise<number> {
  return inTransaction(database, async (client) => {
    await client.query(oneSampler);
    const { rows } = await client.query<{ figure: number; day: string }>(takeStale, [timeZone, alsoToday, slice]);
    const stale = [...new Map(rows.map((row) => [`${row.figure} ${row.day}`, row])).values()];
    if (stale.length === 0) return 0;
    const names = (await client.query<{ id: number; name: string }>(namesOf)).rows;
    const medians = new Set(
      names.flatMap(({ id, name }) => (setOfFigure(sets, name)?.combines === 'median' ? [id] : [])),
    );
    await rollDays(
      client,
      stale.map(({ figure }) => figure),
      stale.map(({ day }) => day),
      medians,
    );
    const months = [
      ...new Map(
        stale.map(({ figure, day }) => [`${figure} ${monthOf(day)}`, { figure, month: monthOf(day) }]),
      ).values(),
    ];
    await rollMonths(
      client,
      months.map(({ figure }) => figure),
      months.map(({ month }) => month),
    );
    return stale.length;
  });
}

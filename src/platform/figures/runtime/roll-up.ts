import type { ClientBase } from 'pg';
import { type Database, inTransaction } from '#platform/storage';
import type { FigureSet } from '../figure.ts';
import { type Digest, gatherDigest, writeDigest } from './digest.ts';
import { setOfFigure } from './figure-sets.ts';
import { noSites } from './numbers.ts';
import { unpackValues } from './packed-values.ts';
import { quantile } from './quantile.ts';
import { forgetDays, makeMonthsStale, putDays, takeStale, valuesOfDays } from './sql/roll.ts';
import { namesOf, oneSampler } from './sql/samples.ts';

export interface RollNeeds {
  readonly database: Database;
  readonly sets: readonly FigureSet[];
  readonly timeZone: string;
  /** Days of figures at once; default 4: nothing else of this node waits long for it, however many samples a day has. */
  readonly slice?: number;
}

/** One figure, one day, one combination of warehouses. */
interface Sum {
  readonly figure: number;
  readonly time: string;
  readonly sites: number;
  readonly count: number;
  readonly sum: number;
  /** Of figures whose value is a median. */
  readonly digest?: Digest;
}

const usualSlice = 4;

function groupBy<Each>(all: readonly Each[], nameOf: (each: Each) => string): readonly (readonly Each[])[] {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const group = groups.get(nameOf(each));
    if (group === undefined) groups.set(nameOf(each), [each]);
    else group.push(each);
  }
  return [...groups.values()];
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

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** Rows of one figure and day as one sum. */
function sumOf(rows: readonly ValuesRow[], sites: number, isMedian: boolean): readonly Sum[] {
  const [first] = rows;
  if (first === undefined) return [];
  const values = unpackValues(Buffer.concat(rows.map((row) => row.values)));
  return [
    {
      ...{ figure: first.figure, time: first.day, sites },
      count: total(rows.map(({ count }) => count)),
      sum: total(rows.map(({ sum }) => sum)),
      ...(isMedian ? { digest: gatherDigest(values) } : {}),
    },
  ];
}

/** Sums up days from their samples: for each combination of warehouses, and, from every value again, for all together. */
async function rollDays(
  client: ClientBase,
  figures: readonly number[],
  days: readonly string[],
  medians: ReadonlySet<number>,
) {
  const { rows } = await client.query<ValuesRow>(valuesOfDays, [figures, days]);
  const isMedian = (row: ValuesRow | undefined): boolean => row !== undefined && medians.has(row.figure);
  const together = groupBy(rows, ({ figure, day }) => `${figure} ${day}`);
  const sums = [
    ...together.flatMap((group) => sumOf(group, noSites, isMedian(group[0]))),
    ...rows.filter(({ sites }) => sites !== noSites).flatMap((row) => sumOf([row], row.sites, isMedian(row))),
  ];
  await client.query(forgetDays, [figures, days]);
  await client.query(putDays, [...columns(sums), quantiles(sums, 0.5), quantiles(sums, 0.95), digests(sums)]);
}

/**
 * Sums up days whose samples changed; their months are to be made again. Answers how many there were. All in one transaction: what a node that died had
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
    const months = stale
      .filter(({ figure }) => medians.has(figure))
      .map(({ figure, day }) => ({ figure, month: `${day.slice(0, 7)}-01` }));
    const own = [...new Map(months.map((each) => [`${each.figure} ${each.month}`, each])).values()];
    await client.query(makeMonthsStale, [own.map(({ figure }) => figure), own.map(({ month }) => month)]);
    return stale.length;
  });
}

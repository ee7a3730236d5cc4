import type { ClientBase } from 'pg';
import { readDigest } from './digest.ts';
import type { Gatherer } from './gather-tallies.ts';
import { digestsOfDays, digestsOfMonths } from './sql/read.ts';

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
const daysOfMonth = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();

/** Months that lie in these days from end to end. */
function monthsIn(days: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const day of days) counts.set(monthOf(day), (counts.get(monthOf(day)) ?? 0) + 1);
  return [...counts].flatMap(([month, count]) => (count === daysOfMonth(month) ? [month] : []));
}

interface DigestRow {
  readonly figure: number;
  readonly digest: Buffer;
}

type Pair = readonly [figure: number, day: string];
const columns = (pairs: readonly Pair[]) => [pairs.map(([figure]) => figure), pairs.map(([, day]) => day)];

/** Digests for the whole time, of days that are summed up: by the month where all of one is, and it is made. */
export async function addDigests(client: ClientBase, gather: Gatherer, clean: ReadonlyMap<number, readonly string[]>) {
  const medians = [...clean].filter(([figure]) => gather.isMedian(figure));
  const add = ({ figure, digest }: DigestRow) =>
    gather.addToWhole(figure, { count: 0, sum: 0, digests: [readDigest(digest)] });
  const wanted = medians.flatMap(([figure, days]) => monthsIn(days).map((month): Pair => [figure, month]));
  const made = new Set<string>();
  if (wanted.length > 0) {
    const { rows } = await client.query<DigestRow & { month: string }>(digestsOfMonths, columns(wanted));
    for (const row of rows) {
      made.add(`${row.figure} ${row.month}`);
      add(row);
    }
  }
  const left = medians.flatMap(([figure, days]) =>
    days.flatMap((day): readonly Pair[] => (made.has(`${figure} ${monthOf(day)}`) ? [] : [[figure, day]])),
  );
  if (left.length > 0) for (const row of (await client.query<DigestRow>(digestsOfDays, columns(left))).rows) add(row);
}

import { inTransaction } from '#platform/storage';
import { mergeDigests, readDigest, writeDigest } from './digest.ts';
import type { RollNeeds } from './roll-up.ts';
import { daysOfMonths, putMonths, staleMonths } from './sql/roll.ts';
import { oneSampler } from './sql/samples.ts';

/** Months of figures at once. */
const slice = 10;

interface DayRow {
  readonly figure: number;
  readonly month: string;
  readonly digest: Buffer;
}

/**
 * Makes the digests of months that are over and of which a day changed; answers how many there were. A month that is not made yet is
 * read by its days.
 */
export async function rollMonths({ database, timeZone }: Pick<RollNeeds, 'database' | 'timeZone'>): Promise<number> {
  return inTransaction(database, async (client) => {
    await client.query(oneSampler);
    const { rows: months } = await client.query<{ figure: number; month: string }>(staleMonths, [timeZone, slice]);
    if (months.length === 0) return 0;
    const names = [months.map(({ figure }) => figure), months.map(({ month }) => month)];
    const { rows } = await client.query<DayRow>(daysOfMonths, names);
    const digests = months.map(({ figure, month }) => {
      const days = rows.filter((row) => row.figure === figure && row.month === month);
      return writeDigest(mergeDigests(days.map(({ digest }) => readDigest(digest))));
    });
    await client.query(putMonths, [...names, digests]);
    return months.length;
  });
}

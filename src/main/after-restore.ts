import { type Instant, millisecondsBetween } from '#model/kernel';
import type { Engine } from '#platform/engine/runtime';
import type { Database } from '#platform/storage';

/** More than an installation hands out in a second. */
const numbersPerSecond = 1_000;
const leastJump = 10_000;

/** One row for each series. */
const jump = 'update number_series set next = next + $1::bigint';

/** Numbers that were handed out in a time which the database has lost are not handed out again: a gap is harmless. */
export async function jumpNumbers(
  { pool }: Database,
  loss: { readonly from: Instant; readonly until: Instant },
): Promise<void> {
  const seconds = Math.max(0, Math.ceil(millisecondsBetween(loss.from, loss.until) / 1_000));
  await pool.query(jump, [leastJump + seconds * numbersPerSecond]);
}

/** The time by the database's clock, as a second opinion on ours. */
export const databaseClock =
  ({ pool }: Database) =>
  async (): Promise<Instant> => {
    const { rows } = await pool.query<{ now: Instant }>('select clock_timestamp() as now');
    return rows[0]?.now ?? '';
  };

/** A claim on a business key: who asked for it, and by which key of theirs. */
export interface NumberClaim {
  readonly scope: string;
  readonly key: string;
}

/** Gives an order its old number when it was acknowledged under one that the database has forgotten; else a new one. */
export const recallingNumbers = (
  numbers: { next(): Promise<string> },
  engine: Pick<Engine, 'recalled'>,
): { next(claim?: NumberClaim): Promise<string> } => ({
  next: async (claim) => (claim && (await engine.recalled(claim))) ?? numbers.next(),
});

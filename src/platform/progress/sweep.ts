import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/storage';
import { indexOldMonths } from './journal-index.ts';
import {
  beginShape,
  behindStanding,
  keepRebuiltTo,
  keepSweptTo,
  readSweep,
  seenUntil,
  sliceOfRuns,
} from './sql/sweep.ts';
import type { Log } from './store.ts';
import type { Writer } from './writer.ts';

/** Of what is written of a run: when it changes all runs are written anew. */
export const shape = 1;

export interface SweepNeeds {
  readonly database: Database;
  /** Those that stand in lists. */
  readonly flows: readonly string[];
  readonly writer: Pick<Writer, 'rebuild'>;
  readonly log: Log;
}

export interface SweepOptions {
  /** Default 60 000. */
  readonly everyMs?: number;
  /** Runs made anew in a slice. Default 200. */
  readonly slice?: number;
}

/** Beside the commits under way: for a database whose clock was set back a little. */
const overlapMs = 60_000;
const most = 10_000;
/** Nodes write what they have within it, or they are behind. */
const usualGraceSeconds = 15;

interface SweepRow {
  readonly swept_to: string | null;
  readonly shape: number | null;
  readonly rebuilt_to: string | null;
  readonly rebuilt_at: string | null;
}

/**
 * What one node does for all: finds what a dead one did not write, and writes all runs anew where there is nothing yet or in another
 * shape. Ends when `signal` is aborted.
 */
export async function sweep(needs: SweepNeeds, signal: AbortSignal, options: SweepOptions = {}): Promise<void> {
  const { database, flows, writer, log } = needs;
  const { everyMs = 60_000, slice = 200 } = options;
  const { pool } = database;
  const pause = (milliseconds: number) =>
    wait(Math.max(0, milliseconds), undefined, { signal, ref: false }).catch(() => undefined);
  const state = async (): Promise<SweepRow | undefined> => (await pool.query<SweepRow>(readSweep)).rows[0];

  async function findBehind(graceSeconds: number): Promise<void> {
    const { rows } = await pool.query<{ until: string }>(seenUntil, [graceSeconds]);
    const until = rows[0]?.until;
    const known = await state();
    if (until === undefined) return;
    // With no place to begin at, all runs are about to be made anew.
    const from = known?.swept_to ?? until;
    const begin = new Date(Date.parse(from) - overlapMs).toISOString();
    const found = await pool.query<{ run_id: string }>(behindStanding, [begin, until, flows, most]);
    await writer.rebuild(
      found.rows.map(({ run_id }) => run_id),
      false,
    );
    if (found.rows.length > 0) log('progress-swept', { runs: found.rows.length });
    // There may be more in the same time.
    if (found.rows.length < most) await pool.query(keepSweptTo, [until]);
  }

  /** One slice; false when all is done. */
  async function makeAnew(): Promise<boolean> {
    const known = await state();
    if (known?.shape !== shape) await pool.query(beginShape, [shape]);
    else if (known.rebuilt_at !== null) return false;
    const from = known?.shape === shape ? known.rebuilt_to : null;
    const { rows } = await pool.query<{ id: string; flow: string }>(sliceOfRuns, [from, slice]);
    const listed = rows.filter(({ flow }) => flows.includes(flow)).map(({ id }) => id);
    await writer.rebuild(listed, true);
    const isLast = rows.length < slice;
    await pool.query(keepRebuiltTo, [rows.at(-1)?.id ?? from, isLast]);
    if (isLast) log('progress-made-anew', { shape });
    return !isLast;
  }

  await indexOldMonths(database);
  // At first nothing is spared: what a node left that has just died is young.
  for (let grace = 0; !signal.aborted; grace = usualGraceSeconds) {
    const begun = performance.now();
    await findBehind(grace);
    // Runs are made anew between the rounds, and no more than half of the time.
    while (!signal.aborted && performance.now() - begun < everyMs) {
      const sliceBegun = performance.now();
      const isMore = await makeAnew();
      await pause(isMore ? performance.now() - sliceBegun : everyMs - (performance.now() - begun));
    }
  }
}

/** Has all runs made anew by whoever leads the sweep. */
export async function rebuildProgress({ pool }: Database): Promise<void> {
  await pool.query(readSweep);
  await pool.query(`update progress_sweep set shape = null`);
}

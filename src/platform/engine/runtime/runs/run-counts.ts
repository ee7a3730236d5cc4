import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/storage';
import type { EngineMetrics, Log } from '../engine.ts';
import { countSlice } from '../sql/runs.ts';
import type { HotRun } from './hot-run.ts';

/**
 * How many runs stand where: counted in slices beside the work, then kept by what this node writes, and counted anew now and then
 * because other nodes write too. No advance touches a shared row for it, and no start waits for it.
 */
export interface RunCounts {
  /** Begins to count. */
  start(): void;
  stop(): void;
  moved(before: HotRun | undefined, after: HotRun): void;
  read(): EngineMetrics['runs'];
}

interface Counted {
  readonly flow: string;
  readonly state: string;
  count: number;
}
type Counts = Map<string, Counted>;

interface SliceRow {
  readonly flow: string;
  readonly state: string;
  readonly count: number;
  readonly last: string;
}

const beforeAll = '00000000-0000-0000-0000-000000000000';
const sliceSize = 5_000;
/** Between two slices, so that a walk over a million runs takes little of the machine. */
const breathMs = 25;
/** Counting takes no more than this part of the time, however many runs there are. */
const share = 100;
const leastPauseMs = 30_000;
const mostTries = 4;

function change(counts: Counts, flow: string, state: string, by: number): void {
  const name = `${flow}/${state}`;
  const known = counts.get(name);
  if (known) known.count += by;
  else counts.set(name, { flow, state, count: by });
}

export function createRunCounts(database: Database, log: Log): RunCounts {
  const ending = new AbortController();
  const { signal } = ending;
  let counts: Counts = new Map();
  let isCounted = false;
  let moves = 0;
  /** A walk under way, and how far it has come: what lies behind it is kept by what is written, what lies before it is still to be read. */
  let walk: { readonly counts: Counts; at: string } | undefined;

  /** A run that moves while it is counted may be counted as it was: then again, but not for ever. */
  async function readSlice(after: string): Promise<readonly SliceRow[]> {
    for (let tries = 1; ; tries += 1) {
      const before = moves;
      const { rows } = await database.pool.query<SliceRow>(countSlice, [after, sliceSize]);
      if (moves === before || tries === mostTries) return rows;
    }
  }

  async function walkOnce(): Promise<void> {
    const under = { counts: new Map() as Counts, at: beforeAll };
    walk = under;
    for (let size = sliceSize; size === sliceSize && !signal.aborted; ) {
      const rows = await readSlice(under.at);
      for (const { flow, state, count } of rows) change(under.counts, flow, state, count);
      size = rows.reduce((sum, { count }) => sum + count, 0);
      under.at =
        rows
          .map(({ last }) => last)
          .toSorted()
          .at(-1) ?? under.at;
      if (size === sliceSize) await wait(breathMs, undefined, { signal, ref: false });
    }
    counts = under.counts;
    isCounted = true;
  }

  async function keepCounting(): Promise<void> {
    while (!signal.aborted) {
      const from = performance.now();
      await walkOnce().catch((thrown: unknown) => {
        if (!signal.aborted) log('runs-not-counted', { message: String(thrown) });
      });
      walk = undefined;
      const pauseMs = Math.max(leastPauseMs, (performance.now() - from) * share);
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  function move(on: Counts, before: HotRun | undefined, after: HotRun): void {
    if (before) change(on, before.flow.name, before.state.state, -1);
    change(on, after.flow.name, after.state.state, 1);
  }

  return {
    start: () => void keepCounting(),
    stop: () => ending.abort(),
    moved: (before, after) => {
      if (before?.state.state === after.state.state) return;
      moves += 1;
      move(counts, before, after);
      if (walk !== undefined && after.id <= walk.at) move(walk.counts, before, after);
    },
    read: () => {
      const known = isCounted ? counts : (walk?.counts ?? counts);
      return [...known.values()].filter(({ count }) => count > 0).map((count) => ({ ...count }));
    },
  };
}

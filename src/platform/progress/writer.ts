import { setTimeout as wait } from 'node:timers/promises';
import type { Advanced, RunHistory } from '#platform/engine';
import type { Database } from '#platform/storage';
import { createGathering, type Gathered } from './gathering.ts';
import { createKnownRuns, type KnownRun } from './known-runs.ts';
import { type Lister, type ProjectedRun, projectHistory, projectRun } from './projected-run.ts';
import { readPlaces } from './sql/write-runs.ts';
import { createStore, type Log, type StoreNeeds } from './store.ts';

export interface WriterNeeds {
  readonly database: Database;
  readonly lists: Lister;
  /** Runs with their journals, of those that are there. */
  readonly histories: (ids: readonly string[]) => Promise<readonly RunHistory[]>;
  readonly log: Log;
  readonly written: StoreNeeds['written'];
}

export interface WriterOptions {
  /** How long is gathered, ms; four times as long while much happens, for then a run moves several times meanwhile. Default 250. */
  readonly gatherMs?: number;
  /** Runs in one write. Default 500. */
  readonly batch?: number;
  /** Beyond so many advances only runs' ids are kept. Default 20 000. */
  readonly mostAdvances?: number;
}

/** This node's share of the writing. */
export interface Writer {
  /** Takes note; does nothing else. */
  note(advanced: Advanced): void;
  /** Folds these from their journals and writes them; `again`: also those that are there already. */
  rebuild(ids: readonly string[], again: boolean): Promise<void>;
  /** Writes what is gathered, if the database takes it at all. */
  stop(): Promise<void>;
}

interface PlaceRow {
  readonly run_id: string;
  readonly version: number;
  readonly visit: number;
  readonly state: string;
  readonly entered_at: string;
}

/** Journals are read by so many runs at once: they may be long. */
const histories = 100;
const mostLost = 100_000;
/** With more runs gathered than this much happens. */
const busy = 50;
const busyTimes = 4;
const longestPauseMs = 10_000;

export function createWriter(needs: WriterNeeds, options: WriterOptions = {}): Writer {
  const { database, lists, log } = needs;
  const { gatherMs = 250, batch = 500, mostAdvances = 20_000 } = options;
  const gathering = createGathering(mostAdvances, mostLost);
  const known = createKnownRuns(5_000);
  const write = createStore({ database, known, log, written: needs.written });
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let failures = 0;
  let forgotten = 0;
  let isStopping = false;

  async function rebuild(ids: readonly string[], again: boolean): Promise<void> {
    for (let from = 0; from < ids.length; from += histories) {
      const found = await needs.histories(ids.slice(from, from + histories));
      await write(
        found.flatMap((history) => projectHistory(history, lists) ?? []),
        again ? 'again' : 'folded',
      );
    }
  }

  /** Where the runs stand that this node has not written, or not lately. */
  async function readUnknown(runs: readonly Gathered[]): Promise<ReadonlyMap<string, KnownRun>> {
    const ids = runs.flatMap(({ last, first }) =>
      first > 1 && known.get(last.runId) === undefined ? [last.runId] : [],
    );
    if (ids.length === 0) return new Map();
    const query = { name: 'progress-places', text: readPlaces, values: [ids] };
    const { rows } = await database.pool.query<PlaceRow>(query);
    return new Map(
      rows.map(({ run_id, version, visit, state, entered_at }) => [
        run_id,
        { version, place: { visit, state, enteredAt: entered_at }, terms: undefined },
      ]),
    );
  }

  async function writeGathered(runs: readonly Gathered[]): Promise<void> {
    const listed = runs.flatMap((run) => {
      const listing = lists(run.last);
      return listing === undefined ? [] : [{ run, listing }];
    });
    const read = await readUnknown(listed.map(({ run }) => run));
    const ready: ProjectedRun[] = [];
    const gaps: string[] = [];
    for (const { run, listing } of listed) {
      const { last, first, passages } = run;
      const base = known.get(last.runId) ?? read.get(last.runId);
      const reaches = first <= (base?.version ?? 0) + 1;
      const projected = reaches ? projectRun(last, passages, listing, base) : undefined;
      if (projected === undefined) gaps.push(last.runId);
      else ready.push(projected);
    }
    await write(ready, 'live');
    await rebuild(gaps, false);
  }

  async function writeOnce(): Promise<void> {
    const runs = gathering.take(batch);
    const lost = gathering.takeLost(histories);
    try {
      await writeGathered(runs);
      await rebuild(lost, false);
      failures = 0;
    } catch (thrown) {
      failures += 1;
      const ids = [...runs.map(({ last }) => last.runId), ...lost];
      // Nobody knows what of it was written.
      for (const id of ids) known.forget(id);
      gathering.lose(ids);
      log('progress-not-written', { runs: ids.length, message: String(thrown) });
    }
    if (gathering.forgotten > forgotten) log('progress-left-to-the-sweep', { runs: gathering.forgotten - forgotten });
    forgotten = gathering.forgotten;
  }

  async function writeAll(): Promise<void> {
    do {
      await writeOnce();
      if (failures > 0) await wait(Math.min(longestPauseMs, 100 * 2 ** failures), undefined, { ref: false });
      else if (!isStopping && gathering.size < batch) return;
    } while (gathering.size > 0 && (failures === 0 || !isStopping));
  }

  function schedule(): void {
    if (timer !== undefined || writing !== undefined || isStopping || gathering.size === 0) return;
    timer = setTimeout(() => {
      if (gathering.size <= busy) flush();
      else timer = setTimeout(flush, gatherMs * (busyTimes - 1));
    }, gatherMs);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (writing !== undefined) return;
    writing = writeAll().finally(() => {
      writing = undefined;
      schedule();
    });
  }

  return {
    note: (advanced) => {
      gathering.note(advanced);
      if (gathering.size >= batch * 2) flush();
      else schedule();
    },
    rebuild,
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await writing;
      if (gathering.size > 0) await writeAll();
    },
  };
}

import { type Database, databaseFault } from '#platform/storage';
import type { Change } from './change-line.ts';
import type { Stay } from './follow.ts';
import type { KnownRuns } from './known-runs.ts';
import type { ProjectedRun } from './projected-run.ts';
import { type WriteOptions, writeRuns } from './write-runs.ts';

export type Log = (event: string, details: Readonly<Record<string, string | number>>) => void;

export type WrittenStay = Stay & { readonly flow: string };

/** From memory; from their journals; or the same where they are there already. */
export type How = 'live' | 'folded' | 'again';

export interface StoreNeeds {
  readonly database: Database;
  /** Told of what is there. */
  readonly known: KnownRuns;
  readonly log: Log;
  /** What was written, after it is; of runs that were folded from their journals, no stays. */
  readonly written: (changes: readonly Change[], stays: readonly WrittenStay[]) => void;
}

/** So many parties are remembered, so that they are not written each time. */
const mostParties = 20_000;
const uniqueViolation = '23505';

const changeOf = ({ head, listing }: ProjectedRun): Change => ({
  flow: head.flow,
  key: head.run.key,
  rootKey: listing.root?.key ?? head.run.key,
  sites: listing.sites,
});

/** Writes runs; throws what the database throws, unless it is about one run alone: that one is logged and left out. */
export function createStore({ database, known, log, written }: StoreNeeds) {
  const parties = new Map<string, string | undefined>();

  /** Those that are not there as they are called now. */
  function newParties(runs: readonly ProjectedRun[]): ReadonlyMap<string, string | undefined> {
    const found = new Map<string, string | undefined>();
    for (const { listing } of runs) {
      const { root, party, partyName } = listing;
      if (root !== undefined || party === undefined) continue;
      const isKnown = parties.has(party) && (partyName === undefined || parties.get(party) === partyName);
      if (!isKnown) found.set(party, partyName ?? found.get(party));
    }
    return found;
  }

  /** Another node may have folded one of them from its journal meanwhile. */
  async function writeNew(runs: readonly ProjectedRun[], options: Omit<WriteOptions, 'isNew'>): Promise<void> {
    try {
      await writeRuns(database, runs, { ...options, isNew: true });
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === uniqueViolation)) throw thrown;
      await writeRuns(database, runs, { ...options, isNew: false });
    }
  }

  async function put(runs: readonly ProjectedRun[], how: How): Promise<void> {
    const named = newParties(runs);
    const options = { again: how === 'again', parties: named };
    if (how !== 'live' || !runs.every(({ isNew }) => isNew))
      await writeRuns(database, runs, { ...options, isNew: false });
    else await writeNew(runs, options);
    if (parties.size > mostParties) parties.clear();
    for (const [party, name] of named) parties.set(party, name);
    // Runs that are made anew are nobody's work just now; and what was folded may be older than what was written meanwhile.
    for (const run of how === 'again' ? [] : runs) {
      const before = known.get(run.head.runId);
      if (before === undefined || before.version <= run.known.version) known.set(run.head.runId, run.known);
    }
    const stays =
      how === 'live' ? runs.flatMap(({ head, stays }) => stays.map((stay) => ({ ...stay, flow: head.flow }))) : [];
    written(runs.map(changeOf), stays);
  }

  /** Halves a batch around what can never be written. */
  async function write(runs: readonly ProjectedRun[], how: How): Promise<void> {
    if (runs.length === 0) return;
    try {
      await put(runs, how);
    } catch (thrown) {
      if (databaseFault(thrown).kind !== 'permanent') throw thrown;
      const [only] = runs;
      if (runs.length === 1 && only !== undefined) {
        log('progress-not-writable', { flow: only.head.flow, key: only.head.run.key, message: String(thrown) });
        return;
      }
      const middle = Math.ceil(runs.length / 2);
      await write(runs.slice(0, middle), how);
      await write(runs.slice(middle), how);
    }
  }

  return write;
}

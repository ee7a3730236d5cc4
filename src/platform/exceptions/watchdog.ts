import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, type Json, plusMilliseconds, systemClock } from '#model/kernel';
import type { Database } from '#platform/storage';
import { closeFindings, openFinding } from './sql/watchdog.ts';
import {
  type FindingKind,
  findingKinds,
  type Lives,
  type Look,
  lookAtEffects,
  lookAtRuns,
  lookAtTimers,
  readLives,
  type Suspect,
} from './watchdog-look.ts';

export interface WatchdogNeeds {
  readonly database: Database;
  readonly clock?: Clock;
  readonly log?: (event: string, details: Readonly<Record<string, Json>>) => void;
}

export interface WatchdogOptions {
  /** Between two rounds, ms. Default 60 000. */
  readonly everyMs?: number;
  /** What moved so lately is left alone, ms. Default 60 000. */
  readonly graceMs?: number;
  /** Rows in one read, and the pause after it, ms. Default 2 000 and 20. */
  readonly slice?: number;
  readonly pauseMs?: number;
}

/** What one round found. */
export interface Round {
  /** New cases. */
  readonly opened: number;
  /** Cases whose reason is gone. */
  readonly closed: number;
}

export interface Watchdog {
  /** Looks at everything once. An owner that is gone is told only in the second round that sees it: the others have had their time. */
  round(signal: AbortSignal): Promise<Round>;
  /** Rounds until the signal: work for one node at a time, harmless on two. */
  run(signal: AbortSignal): Promise<void>;
}

const noRun = '00000000-0000-0000-0000-000000000000';
/** If everything is stuck, a person need not see each one. */
const mostOpenedARound = 1_000;

/**
 * Finds what waits for nothing, and opens a case for it that closes when that is no more so. All rows are looked at, a slice at a
 * time by primary key, so that nothing is read for long.
 *
 * ```ts
 * const watchdog = createWatchdog({ database });
 * const led = leadership.lead('watchdog', watchdog.run);
 * ```
 */
export function createWatchdog(needs: WatchdogNeeds, options: WatchdogOptions = {}): Watchdog {
  const { database, clock = systemClock, log = () => undefined } = needs;
  const { everyMs = 60_000, graceMs = 60_000, slice = 2_000, pauseMs = 20 } = options;
  let beats: Lives = new Map();
  let seenBefore: ReadonlySet<string> = new Set();

  /** Every slice, one after the other. */
  async function walk(
    start: string,
    look: (after: string) => Promise<Look>,
    signal: AbortSignal,
  ): Promise<readonly Suspect[]> {
    const suspects: Suspect[] = [];
    for (let after: string | undefined = start; after !== undefined; ) {
      const looked: Look = await look(after);
      suspects.push(...looked.suspects);
      after = looked.next;
      if (after !== undefined) await wait(pauseMs, undefined, { signal });
    }
    return suspects;
  }

  /** Lives whose beat has not moved since the last round. */
  async function stillLives(): Promise<ReadonlySet<string>> {
    const now = await readLives(database);
    const still = [...now].filter(([life, beat]) => beats.get(life) === beat).map(([life]) => life);
    beats = now;
    return new Set(still);
  }

  async function open({ subject, kind, runId, runVersion, summary }: Suspect, at: string): Promise<boolean> {
    const { rows } = await database.pool.query(openFinding, [runId, runVersion, subject, kind, summary, at]);
    return rows.length > 0;
  }

  async function closeOthers(kind: FindingKind, found: readonly Suspect[], began: string): Promise<number> {
    const subjects = found.filter((suspect) => suspect.kind === kind).map(({ subject }) => subject);
    const because =
      kind === 'waits-for-nothing' ? 'the run has moved, or waits for something again' : 'it is no more there';
    return (await database.pool.query(closeFindings, [kind, subjects, began, clock.now(), because])).rows.length;
  }

  async function round(signal: AbortSignal): Promise<Round> {
    const began = clock.now();
    const before = plusMilliseconds(began, -graceMs);
    const still = await stillLives();
    const found = [
      ...(await walk(noRun, (after) => lookAtRuns(database, after, slice, before), signal)),
      ...(await walk('', (after) => lookAtEffects(database, after, slice, before, still), signal)),
      ...(await walk(noRun, (after) => lookAtTimers(database, after, slice, before), signal)),
    ];
    const told = found.filter(({ kind, subject }) => kind !== 'effect-without-owner' || seenBefore.has(subject));
    seenBefore = new Set(found.map(({ subject }) => subject));
    let opened = 0;
    for (const suspect of told.slice(0, mostOpenedARound)) if (await open(suspect, clock.now())) opened += 1;
    let closed = 0;
    for (const kind of findingKinds) closed += await closeOthers(kind, found, began);
    if (opened + closed > 0) log('watchdog-round', { opened, closed, found: told.length });
    return { opened, closed };
  }

  return {
    round,
    run: async (signal) => {
      while (!signal.aborted) {
        await round(signal).catch((thrown: unknown) => {
          if (!signal.aborted) log('watchdog-failed', { message: String(thrown) });
        });
        await wait(everyMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

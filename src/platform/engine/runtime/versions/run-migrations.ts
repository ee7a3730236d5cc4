import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import { sliceOfVersions } from '../sql/flows.ts';
import type { FlowRegistry } from './flow-registry.ts';

/** Walks all runs in slices and offers those of older versions to be taken over; costs nothing when no flow declares a migration. */
export interface RunMigrations {
  start(): void;
  stop(): void;
}

interface Slice {
  readonly last: string | null;
  readonly runs: readonly { readonly flow: string; readonly key: string }[] | null;
}

const firstId = '00000000-0000-0000-0000-000000000000';
const sliceSize = 500;
/** Between slices: what is under way goes first. */
const pauseMs = 20;
const pauseAfterWorkMs = 200;

export function createRunMigrations(
  needs: {
    readonly database: Database;
    readonly flows: FlowRegistry;
    readonly log: Log;
    /** Resolves when the run was taken over, or left. */
    readonly migrate: (flow: string, key: string) => Promise<void>;
    readonly peersKnow: (flow: string, version: number) => boolean;
  },
  options: { readonly everyMs: number },
): RunMigrations {
  const { database, flows, log, migrate, peersKnow } = needs;
  let timer: NodeJS.Timeout | undefined;
  let after = firstId;

  /** Versions whose successor every living node knows. */
  const ripe = () =>
    flows.migrating.filter(({ flow, version }) => {
      const to = flows.successor(flow, version);
      return to !== undefined && peersKnow(to.name, to.version);
    });

  /** One slice; answers how long to rest. */
  async function walk(): Promise<number> {
    const versions = ripe();
    if (versions.length === 0) return Math.min(options.everyMs, 1_000);
    const { rows } = await database.pool.query<Slice>(sliceOfVersions, [
      after,
      sliceSize,
      versions.map(({ flow }) => flow),
      versions.map(({ version }) => version),
    ]);
    const { last, runs } = rows[0] ?? { last: null, runs: null };
    await Promise.all((runs ?? []).map(({ flow, key }) => migrate(flow, key)));
    after = last ?? firstId;
    if (last === null) return options.everyMs;
    return runs === null ? pauseMs : pauseAfterWorkMs;
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(() => {
      walk()
        .catch((thrown: unknown) => {
          log('runs-not-walked', { message: String(thrown) });
          return options.everyMs;
        })
        .then((rest) => {
          if (timer !== undefined) schedule(rest);
        });
    }, delayMs);
  }

  return {
    start: () => {
      if (flows.migrating.length > 0) schedule(0);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

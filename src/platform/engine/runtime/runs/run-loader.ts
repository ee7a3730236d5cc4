import type { Database } from '#platform/storage';
import { loadRun, loadRuns } from '../sql/runs.ts';
import type { StoredRun } from './stored-run.ts';

/** Reads one run; undefined when there is none. */
export type RunLoader = (flow: string, key: string) => Promise<StoredRun | undefined>;

interface Wanted {
  readonly flow: string;
  readonly key: string;
  readonly resolve: (row: StoredRun | undefined) => void;
  readonly reject: (thrown: unknown) => void;
}

/** Runs in one statement. */
const batch = 250;
/** Statements under way: enough to keep the server busy, few enough to leave connections to others. */
const width = 3;

/**
 * What is asked for in one turn of the event loop is read by one statement: a hundred thousand timers of one second, or a takeover,
 * are then not as many round trips.
 */
export function createRunLoader({ pool }: Database): RunLoader {
  const wanted: Wanted[] = [];
  let underWay = 0;
  let isScheduled = false;

  async function readOne({ flow, key, resolve }: Wanted): Promise<void> {
    const { rows } = await pool.query<StoredRun>({ name: 'load-run', text: loadRun, values: [flow, key] });
    resolve(rows[0]);
  }

  async function readMany(some: readonly Wanted[]): Promise<void> {
    const { rows } = await pool.query<StoredRun & { readonly n: number }>({
      name: 'load-runs',
      text: loadRuns,
      values: [some.map(({ flow }) => flow), some.map(({ key }) => key)],
    });
    const found = new Map(rows.map(({ n, ...row }) => [n, row]));
    for (const [index, { resolve }] of some.entries()) resolve(found.get(index + 1));
  }

  async function read(some: readonly Wanted[]): Promise<void> {
    underWay += 1;
    try {
      const [first] = some;
      if (some.length === 1 && first !== undefined) await readOne(first);
      else await readMany(some);
    } catch (thrown) {
      for (const { reject } of some) reject(thrown);
    } finally {
      underWay -= 1;
      pump();
    }
  }

  function pump(): void {
    while (wanted.length > 0 && underWay < width) void read(wanted.splice(0, batch));
  }

  return (flow, key) =>
    new Promise((resolve, reject) => {
      wanted.push({ flow, key, resolve, reject });
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        pump();
      });
    });
}

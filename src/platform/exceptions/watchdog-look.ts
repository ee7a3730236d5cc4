import { effectKey } from '#platform/engine';
import type { Database } from '#platform/storage';
import { effectsThere, lives, openEffects, quietRuns, runsThere, timersOfEnded } from './sql/watchdog.ts';

/** Something that waits for nothing, or that nobody waits for. */
export interface Suspect {
  /** The same as long as it is the same trouble. */
  readonly subject: string;
  readonly kind: FindingKind;
  readonly runId: string;
  readonly runVersion: number;
  readonly summary: string;
}

/** Causes of the watchdog's cases. */
export const findingKinds = [
  'waits-for-nothing',
  'effect-of-ended-run',
  'effect-without-owner',
  'timer-of-ended-run',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One slice: what is suspicious in it, and where the next one begins; undefined after the last. */
export interface Look {
  readonly suspects: readonly Suspect[];
  readonly next: string | undefined;
}

/** What stands in a run's control, as far as it says what the run waits for. */
interface Control {
  readonly open?: readonly { readonly name: string; readonly occurrence: string; readonly undoes?: true }[];
  readonly children?: readonly { readonly flow: string; readonly key: string }[];
  readonly edits?: Readonly<Record<string, number>>;
}

interface QuietRun {
  readonly id: string;
  readonly flow: string;
  readonly key: string;
  readonly state: string;
  readonly version: number;
  readonly control: string;
}

const readControl = (text: string): Control => JSON.parse(text);

function openKeys(flow: string, key: string, { open = [], edits = {} }: Control): readonly string[] {
  return open.map(({ name, occurrence, undoes }) => {
    const effect = effectKey(flow, key, name, occurrence, edits[`${name}/${occurrence}`] ?? 0);
    return undoes === true ? `${effect}:undo` : effect;
  });
}

const place = ({ flow, key }: { readonly flow: string; readonly key: string }): string => `${flow}/${key}`;

async function awaited(
  database: Database,
  runs: readonly { readonly run: QuietRun; readonly control: Control }[],
): Promise<ReadonlySet<string>> {
  const effects = runs.flatMap(({ run, control }) => openKeys(run.flow, run.key, control));
  const children = runs.flatMap(({ control }) => control.children ?? []);
  const [there, live] = await Promise.all([
    effects.length === 0 ? [] : database.pool.query<{ key: string }>(effectsThere, [effects]).then(({ rows }) => rows),
    children.length === 0
      ? []
      : database.pool
          .query<{ flow: string; key: string }>(runsThere, [
            children.map(({ flow }) => flow),
            children.map(({ key }) => key),
          ])
          .then(({ rows }) => rows),
  ]);
  return new Set([...there.map(({ key }) => `effect ${key}`), ...live.map((run) => `run ${place(run)}`)]);
}

/** Runs of one slice that nothing will ever wake: no timer, effect, message, case or living child. */
export async function lookAtRuns(database: Database, after: string, size: number, before: string): Promise<Look> {
  const { rows } = await database.pool.query<{ last: string | null; size: number; found: readonly QuietRun[] }>(
    quietRuns,
    [after, size, before],
  );
  const slice = rows[0] ?? { last: null, size: 0, found: [] };
  const quiet = slice.found.map((run) => ({ run, control: readControl(run.control) }));
  const there = await awaited(database, quiet);
  const suspects = quiet
    .filter(({ run, control }) => !openKeys(run.flow, run.key, control).some((key) => there.has(`effect ${key}`)))
    .filter(({ control }) => !(control.children ?? []).some((child) => there.has(`run ${place(child)}`)))
    .map(({ run: { id, state, version } }): Suspect => {
      const summary = `It is in ${state} and nothing will wake it: no deadline, effect, message, case or child. Find out from its narrative what it missed, and send it that or close it.`;
      return { subject: `run ${id}`, kind: 'waits-for-nothing', runId: id, runVersion: version, summary };
    });
  return { suspects, next: slice.size < size || slice.last === null ? undefined : slice.last };
}

interface EffectRow {
  readonly key: string;
  readonly run_id: string;
  readonly owner: string | null;
  readonly epoch: string | null;
  readonly attempt: number;
  readonly flow: string;
  readonly run_key: string;
  readonly version: number;
  readonly ended: boolean;
  readonly control: string | null;
  readonly ownerless: boolean;
}

/** Lives that beat: of the others nobody will send what they own. */
export type Lives = ReadonlyMap<string, string>;

export async function readLives(database: Database): Promise<Lives> {
  const { rows } = await database.pool.query<{ name: string; epoch: string; beat: string }>(lives);
  return new Map(rows.map(({ name, epoch, beat }) => [`${name} ${epoch}`, beat]));
}

/** Effects of one slice that their run has forgotten, or whose owner is gone. `still`: lives that do not beat. */
export async function lookAtEffects(
  database: Database,
  after: string,
  size: number,
  before: string,
  still: ReadonlySet<string>,
): Promise<Look> {
  const { rows } = await database.pool.query<EffectRow>(openEffects, [after, size, before]);
  const suspects = rows.flatMap((row): readonly Suspect[] => {
    const run = { runId: row.run_id, runVersion: row.version };
    const outlives =
      row.control !== null && openKeys(row.flow, row.run_key, readControl(row.control)).includes(row.key);
    if (row.ended && !outlives) {
      const summary = `Effect ${row.key} is still open and its run has ended and does not know of it. Look in its system whether it was done.`;
      return [{ ...run, subject: `effect ${row.key}`, kind: 'effect-of-ended-run', summary }];
    }
    if (row.owner === null || !(row.ownerless || still.has(`${row.owner} ${row.epoch}`))) return [];
    const summary = `Effect ${row.key} belongs to node ${row.owner}, which is gone, and no other node takes it. Start a node that knows the flow's version.`;
    return [{ ...run, subject: `owner ${row.key} ${row.owner} ${row.epoch}`, kind: 'effect-without-owner', summary }];
  });
  return { suspects, next: rows.length < size ? undefined : rows.at(-1)?.key };
}

/** Timers of one slice whose run has ended. */
export async function lookAtTimers(database: Database, after: string, size: number, before: string): Promise<Look> {
  const { rows } = await database.pool.query<{
    run_id: string;
    flow: string;
    run_key: string;
    version: number;
    ended: boolean;
  }>(timersOfEnded, [after, size, before]);
  const suspects = rows
    .filter(({ ended }) => ended)
    .map(({ run_id: runId, version: runVersion }): Suspect => {
      const summary = 'A timer is left of a run that has ended. It does no harm; tell the developers.';
      return { subject: `timer ${runId}`, kind: 'timer-of-ended-run', runId, runVersion, summary };
    });
  return { suspects, next: rows.length < size ? undefined : rows.at(-1)?.run_id };
}

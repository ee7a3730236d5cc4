import { effectKey } from '../../effect-key.ts';
import type { RunState } from '../../run.ts';
import type { HotRun } from './hot-run.ts';

type Timer = Pick<HotRun, 'dueVisit' | 'timerAt' | 'warnAt'>;
type Lists = Pick<RunState, 'children' | 'cases' | 'deferred'>;
type Open = RunState['open'][number];

/**
 * The machinery's part of a run as it is stored. It is written with every advance, so it stays small: an empty list is left out,
 * and so is every key, which can be worked out again.
 */
interface Control extends Partial<Lists>, Pick<RunState, 'unwindTo' | 'parent' | 'edits'> {
  readonly open?: readonly Omit<Open, 'key'>[];
  /** As `name/occurrence`. */
  readonly undoable?: readonly string[];
  /** What was asked and is not undoable, as `name/occurrence`. */
  readonly asked?: readonly string[];
  readonly dueVisit?: number;
  readonly timerAt?: string;
  readonly warnAt?: string;
}

const lists = ['children', 'cases', 'deferred'] as const satisfies (keyof Lists)[];

/** A run's machinery part as JSON. */
export function controlJson(run: RunState, timer: Timer): string {
  const control: Record<string, unknown> = {};
  if (run.open.length > 0) control.open = run.open.map(({ key: _, ...open }) => open);
  const undoable = run.undoable.map(({ name, occurrence }) => `${name}/${occurrence}`);
  if (undoable.length > 0) control.undoable = undoable;
  const asked = run.asked.filter((name) => !undoable.includes(name));
  if (asked.length > 0) control.asked = asked;
  for (const list of lists) if (run[list].length > 0) control[list] = run[list];
  if (run.unwindTo !== undefined) control.unwindTo = run.unwindTo;
  if (run.parent !== undefined) control.parent = run.parent;
  if (run.edits !== undefined) control.edits = run.edits;
  if (timer.dueVisit !== null) control.dueVisit = timer.dueVisit;
  if (timer.timerAt !== null) control.timerAt = timer.timerAt;
  if (timer.warnAt != null) control.warnAt = timer.warnAt;
  return JSON.stringify(control);
}

type ControlPart = Lists & Pick<RunState, 'open' | 'undoable' | 'asked' | 'unwindTo' | 'parent' | 'edits'>;

/** What `controlJson` made, read back. */
export function readControl(
  flow: string,
  runKey: string,
  json: string,
): { readonly run: ControlPart; readonly timer: Timer } {
  const { open = [], undoable = [], asked = [], dueVisit, timerAt, warnAt, ...rest }: Control = JSON.parse(json);
  const keyOf = (name: string, occurrence: string): string =>
    effectKey(flow, runKey, name, occurrence, rest.edits?.[`${name}/${occurrence}`]);
  const undoableOf = (text: string): RunState['undoable'][number] => {
    const slash = text.indexOf('/');
    const [name, occurrence] = [text.slice(0, slash), text.slice(slash + 1)];
    return { name, occurrence, key: keyOf(name, occurrence) };
  };
  return {
    run: {
      children: [],
      cases: [],
      deferred: [],
      ...rest,
      open: open.map((effect) => {
        const key = keyOf(effect.name, effect.occurrence);
        return { ...effect, key: effect.undoes ? `${key}:undo` : key };
      }),
      undoable: undoable.map(undoableOf),
      asked: [...undoable, ...asked],
    },
    timer: { dueVisit: dueVisit ?? null, timerAt: timerAt ?? null, ...(warnAt === undefined ? {} : { warnAt }) },
  };
}

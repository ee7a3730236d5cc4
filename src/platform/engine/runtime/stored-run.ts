import type { Ending } from '../consequence.ts';
import type { RunState } from '../run.ts';
import type { FlowRegistry } from './flow-registry.ts';
import type { HotRun } from './hot-run.ts';
import { joinDocument } from './stored-document.ts';

/** A row of `loadRun`. */
export interface StoredRun {
  readonly id: string;
  readonly flow: string;
  readonly flow_version: number;
  readonly key: string;
  readonly started_at: string;
  readonly state: string;
  readonly visit: number;
  readonly phase: RunState['phase'];
  readonly ending: Ending | null;
  readonly version: number;
  readonly chain: Buffer;
  readonly due_at: string | null;
  readonly updated_at: string;
  readonly control: string;
  readonly document: string;
  readonly input: string;
  readonly given: string | null;
  readonly given_is_input: boolean;
}

type Lists = Pick<RunState, 'open' | 'undoable' | 'asked' | 'children' | 'cases' | 'deferred'>;

/** What `control` holds; an empty list is left out. */
interface Control extends Partial<Lists>, Pick<RunState, 'unwindTo' | 'parent'> {
  readonly dueVisit?: number;
  readonly timerAt?: string;
}

const lists = ['open', 'undoable', 'asked', 'children', 'cases', 'deferred'] as const satisfies (keyof Lists)[];

/** The machinery's part of a run as JSON. */
export function controlJson(run: RunState, timer: Pick<HotRun, 'dueVisit' | 'timerAt'>): string {
  const control: Record<string, unknown> = {};
  for (const list of lists) if (run[list].length > 0) control[list] = run[list];
  if (run.unwindTo !== undefined) control.unwindTo = run.unwindTo;
  if (run.parent !== undefined) control.parent = run.parent;
  if (timer.dueVisit !== null) control.dueVisit = timer.dueVisit;
  if (timer.timerAt !== null) control.timerAt = timer.timerAt;
  return JSON.stringify(control);
}

/** A stored run as memory holds it. Throws when this node does not know its flow's version. */
export function hotRun(row: StoredRun, flows: FlowRegistry): HotRun {
  const control: Control = JSON.parse(row.control);
  const { dueVisit, timerAt, unwindTo, parent, ...stored } = control;
  return {
    id: row.id,
    flow: flows.version(row.flow, row.flow_version),
    version: row.version,
    chain: row.chain,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    storedDocument: Buffer.from(row.document),
    dueAt: row.due_at,
    dueVisit: dueVisit ?? null,
    timerAt: timerAt ?? null,
    state: {
      open: [],
      undoable: [],
      asked: [],
      children: [],
      cases: [],
      deferred: [],
      ...stored,
      key: row.key,
      state: row.state,
      visit: row.visit,
      phase: row.phase,
      document: joinDocument(row.document, row.given_is_input ? row.input : row.given),
      ...(row.ending === null ? {} : { ending: row.ending }),
      ...(unwindTo === undefined ? {} : { unwindTo }),
      ...(parent === undefined ? {} : { parent }),
    },
  };
}

import type { Ending } from '../../consequence.ts';
import type { Flow } from '../../flow.ts';
import type { RunState } from '../../run.ts';
import type { HotRun } from './hot-run.ts';
import { readControl } from './stored-control.ts';
import { joinDocument, readBack } from './stored-document.ts';

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

/** A stored run as memory holds it; `flow` is its version, or the one that is to take it over. */
export function hotRun<Of extends Pick<Flow, 'name' | 'version'>>(
  row: StoredRun,
  flow: Of,
): Omit<HotRun, 'flow'> & { readonly flow: Of } {
  const control = readControl(row.flow, row.key, row.control);
  return {
    id: row.id,
    flow,
    version: row.version,
    chain: row.chain,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    storedDocument: readBack(row.document),
    dueAt: row.due_at,
    ...control.timer,
    state: {
      ...control.run,
      key: row.key,
      state: row.state,
      visit: row.visit,
      phase: row.phase,
      document: joinDocument(row.document, row.given_is_input ? row.input : row.given),
      ...(row.ending === null ? {} : { ending: row.ending }),
    },
  };
}

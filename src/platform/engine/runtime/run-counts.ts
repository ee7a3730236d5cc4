import type { Database } from '#platform/storage';
import type { EngineMetrics } from './engine.ts';
import type { HotRun } from './hot-run.ts';
import { countRuns } from './sql/runs.ts';

/** How many runs stand where: read once, then kept by what this node writes. No advance touches a shared row for it. */
export interface RunCounts {
  load(): Promise<void>;
  moved(before: HotRun | undefined, after: HotRun): void;
  read(): EngineMetrics['runs'];
}

export function createRunCounts(database: Database): RunCounts {
  const counts = new Map<string, { readonly flow: string; readonly state: string; count: number }>();

  function change(flow: string, state: string, by: number): void {
    const name = `${flow}/${state}`;
    const known = counts.get(name);
    if (known) known.count += by;
    else counts.set(name, { flow, state, count: by });
  }

  return {
    load: async () => {
      const { rows } = await database.pool.query<{ flow: string; state: string; count: number }>(countRuns);
      for (const { flow, state, count } of rows) change(flow, state, count);
    },
    moved: (before, after) => {
      if (before?.state.state === after.state.state) return;
      if (before) change(before.flow.name, before.state.state, -1);
      change(after.flow.name, after.state.state, 1);
    },
    read: () => [...counts.values()].filter(({ count }) => count !== 0).map((count) => ({ ...count })),
  };
}

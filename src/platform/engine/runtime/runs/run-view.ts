import type { Flow } from '../../flow.ts';
import type { RunView } from '../engine.ts';
import type { HotRun } from './hot-run.ts';

/** A run as others see it. */
export function runView(run: Omit<HotRun, 'flow'> & { readonly flow: Pick<Flow, 'name' | 'version'> }): RunView {
  const { state, flow } = run;
  return {
    flow: flow.name,
    version: flow.version,
    key: state.key,
    state: state.state,
    visit: state.visit,
    phase: state.phase,
    ...(state.ending === undefined ? {} : { ending: state.ending }),
    document: state.document,
    open: state.open,
    cases: [...new Set(state.cases.map(({ cause }) => cause))],
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    ...(run.dueAt === null ? {} : { dueAt: run.dueAt }),
  };
}

import type { Flow } from '#platform/engine';
import { type FigureDescription, type FigureSet, secondsBetween } from '#platform/figures';

const nameOf = (flow: string, state: string): string => `latency-${flow}-${state}`;

const describe = (flow: string, state: string, means: string): FigureDescription => ({
  figure: nameOf(flow, state),
  title: `${flow}: ${state}`,
  group: 'latency-by-stage',
  unit: 'seconds',
  better: 'lower',
  formula: `For each stay of a run of ${flow} in the state ${state} that ended in the time asked for: how long it lasted, nights and weekends included. The value is the median. A stay that has not ended does not count yet. The state means: ${means}`,
  source: `Stays of runs of ${flow}.`,
});

/** How long runs stay in each state in which they wait: one figure for each. */
export function stageLatency(flows: readonly Flow[]): FigureSet {
  const waiting = flows.flatMap(({ table }) =>
    Object.entries(table.states).flatMap(([state, { means, choose, ends }]) =>
      choose === undefined && ends === undefined ? [{ flow: table.name, state, means }] : [],
    ),
  );
  const always = [
    ...new Map(waiting.map(({ flow, state, means }) => [nameOf(flow, state), describe(flow, state, means)])).values(),
  ];
  const known = new Set(always.map(({ figure }) => figure));
  return {
    set: 'latency-by-stage',
    version: 1,
    combines: 'median',
    always,
    samples: ({ runs }) => {
      const counts = new Map<string, number>();
      return runs.flatMap(({ flow, key, stays }) =>
        stays.flatMap(({ state, enteredAt, leftAt }) => {
          const figure = nameOf(flow, state);
          if (leftAt === undefined || !known.has(figure)) return [];
          const part = counts.get(figure) ?? 0;
          counts.set(figure, part + 1);
          return [{ figure, part, at: leftAt, value: secondsBetween(enteredAt, leftAt), note: key }];
        }),
      );
    },
  };
}

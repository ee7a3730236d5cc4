import type { FigureSet } from '#platform/figures';

const prefix = 'failures-';
/** Between flow and system; neither has two hyphens in its name. */
const between = '--';

/** Effects that a system refused, or that were given up, for each flow and system: a figure comes to be with its first failure. */
export const failuresByProcess: FigureSet = {
  set: 'failures-by-process',
  version: 1,
  combines: 'sum',
  always: [],
  describe: (figure) => {
    const [flow, system] = figure.startsWith(prefix) ? figure.slice(prefix.length).split(between) : [];
    if (flow === undefined || system === undefined) return undefined;
    return {
      figure,
      title: `${flow}: failures at ${system}`,
      group: 'failures-by-process',
      unit: 'count',
      better: 'lower',
      formula: `How many effects of runs of ${flow} the system ${system} refused, or were given up there, in the time asked for. A call that succeeded when it was sent again did not fail.`,
      source: `Journals of runs of ${flow}: effects that were settled as failed or refused, and which system they were asked of.`,
    };
  },
  samples: ({ failures }) => {
    const counts = new Map<string, number>();
    return failures.map(({ flow, effect, outcome, at, instance = 'unknown', code }) => {
      const figure = `${prefix}${flow}${between}${instance}`;
      const part = counts.get(figure) ?? 0;
      counts.set(figure, part + 1);
      return { figure, part, at, value: 1, note: `${effect} ${outcome}: ${code}` };
    });
  },
};

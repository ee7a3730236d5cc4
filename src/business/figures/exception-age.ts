import { type FigureDescription, type FigureSet, type OpenCasesFigure, secondsBetween } from '#platform/figures';

const common = { group: 'exception-age', unit: 'seconds', better: 'lower' } as const;
const all = 'case-time-to-close';

const closing = (figure: string, title: string, which: string): FigureDescription => ({
  ...common,
  figure,
  title,
  formula: `For each case${which} that was closed in the time asked for, by a person or by itself: from its opening to its closing. The value is the median.`,
  source: 'Cases: when they were opened and closed.',
});

/** How long cases were open: all of them, and those of each cause. */
export const caseTimeToClose: FigureSet = {
  set: all,
  version: 1,
  combines: 'median',
  always: [closing(all, 'Cases: time to close', '')],
  describe: (figure) => {
    const cause = figure.startsWith(`${all}-`) ? figure.slice(all.length + 1) : '';
    return cause === '' ? undefined : closing(figure, `Cases: time to close, ${cause}`, ` with the cause ${cause}`);
  },
  samples: ({ cases }) =>
    cases.flatMap(({ id, cause, openedAt, closedAt }, part) => {
      if (closedAt === undefined) return [];
      const sample = { part, at: closedAt, value: secondsBetween(openedAt, closedAt), caseId: id };
      return [
        { ...sample, figure: all, note: cause },
        { ...sample, figure: `${all}-${cause}` },
      ];
    }),
};

/** How old the cases are that are open. */
export const openCaseAges: readonly OpenCasesFigure[] = [
  {
    ...common,
    figure: 'open-case-age',
    title: 'Open cases: age',
    of: 'median',
    formula:
      'For each case that is open at the end of the time asked for: from its opening to that moment. The value is the median; the trend is the same at the end of each day, or hour. Exact.',
    source: 'Cases: when they were opened and closed.',
  },
  {
    ...common,
    figure: 'oldest-open-case',
    title: 'Open cases: the oldest',
    of: 'oldest',
    formula:
      'The age of the oldest case that is open at the end of the time asked for; the trend is the same at the end of each day, or hour. Exact.',
    source: 'Cases: when they were opened and closed.',
  },
];

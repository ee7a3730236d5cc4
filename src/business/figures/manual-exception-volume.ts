import { oneFigure } from '#platform/figures';
import { orderRun, wasDecided } from './order-course.ts';

/** How much work with exceptions orders make for people. */
export const manualExceptionVolume = oneFigure({
  figure: 'manual-exception-volume',
  version: 1,
  title: 'Manual exception volume',
  group: 'kpi',
  unit: 'count',
  better: 'lower',
  combines: 'mean',
  formula:
    'Cases for each 100 orders about which a person had to decide: of the orders accepted in the time asked for, the number of their cases with a retry, an edit, an answer by hand, a skip, a compensation or a closing by a person, times 100, divided by the number of orders. Notes, assignments and escalations are no decisions. An order’s own part is 100 for each such case.',
  source:
    'Runs of order-to-cash by their beginning; cases of the orders and of their fulfilments, with the acts about them.',
  samples: (course) => {
    const run = orderRun(course);
    if (run === undefined) return [];
    const decided = course.cases.filter(wasDecided);
    const note = decided.map(({ cause }) => cause).join(', ');
    return [{ at: run.startedAt, value: 100 * decided.length, ...(note === '' ? {} : { note }) }];
  },
});

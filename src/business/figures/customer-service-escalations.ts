import { oneFigure } from '#platform/figures';
import { orderRun } from './order-course.ts';

/** How often an order's exceptions had to be taken to the next level. */
export const customerServiceEscalations = oneFigure({
  figure: 'customer-service-escalations',
  version: 1,
  title: 'Customer service escalations',
  group: 'kpi',
  unit: 'count',
  better: 'lower',
  combines: 'mean',
  formula:
    'Escalated cases for each 100 orders: of the orders accepted in the time asked for, the number of their cases that were escalated at least once, by a person or because nobody had decided in time, times 100, divided by the number of orders. What customers escalate in a service desk is not in it: none is connected yet.',
  source: 'Runs of order-to-cash by their beginning; the level of their cases.',
  samples: (course) => {
    const run = orderRun(course);
    if (run === undefined) return [];
    const escalated = course.cases.filter(({ level }) => level > 0);
    const note = escalated.map(({ cause, level }) => `${cause}: level ${level}`).join(', ');
    return [{ at: run.startedAt, value: 100 * escalated.length, ...(note === '' ? {} : { note }) }];
  },
});

import type { CourseCase } from '#platform/figures';
import { oneFigure, secondsBetween } from '#platform/figures';
import { orderRun } from './order-course.ts';

/** How long at least one of them was open; cases that were open together count once. */
function secondsOpen(cases: readonly CourseCase[], until: string): number {
  let seconds = 0;
  let covered = '';
  for (const { openedAt, closedAt = until } of cases.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt))) {
    const from = openedAt > covered ? openedAt : covered;
    if (closedAt <= from) continue;
    seconds += secondsBetween(from, closedAt);
    covered = closedAt;
  }
  return seconds;
}

/** How long an order in trouble stays in it. */
export const timeToRecover = oneFigure({
  figure: 'time-to-recover',
  version: 1,
  title: 'Time to recover',
  group: 'kpi',
  unit: 'seconds',
  better: 'lower',
  combines: 'median',
  formula:
    'For each order whose last open case closed in the time asked for, and none is open now: how long at least one case of it or of its fulfilments was open, cases that were open together counted once. The value is the median. When another case opens later, the order counts anew at the end of that one.',
  source: 'Cases of orders and of their fulfilments: when they were opened and closed.',
  samples: (course) => {
    const { cases } = course;
    const last = cases
      .map(({ closedAt }) => closedAt ?? '')
      .toSorted()
      .at(-1);
    if (orderRun(course) === undefined || last === undefined || cases.some(({ closedAt }) => closedAt === undefined))
      return [];
    return [{ at: last, value: secondsOpen(cases, last), note: cases.map(({ cause }) => cause).join(', ') }];
  },
});

import { oneFigure, secondsBetween } from '#platform/figures';
import { endedOrder } from './order-course.ts';

/** How long an order takes, from its acceptance to its completion. */
export const orderCycleTime = oneFigure({
  figure: 'order-cycle-time',
  version: 1,
  title: 'Order cycle time',
  group: 'kpi',
  unit: 'seconds',
  better: 'lower',
  combines: 'median',
  formula:
    'For each order that was completed in the time asked for: from its acceptance to its completion, nights and weekends included. The value is the median. Orders that were cancelled or given up do not count.',
  source: 'Runs of order-to-cash: when they began, when and how they ended.',
  samples: (course) => {
    const ended = endedOrder(course);
    if (ended?.run.ending !== 'completed') return [];
    return [{ at: ended.endedAt, value: secondsBetween(ended.run.startedAt, ended.endedAt) }];
  },
});

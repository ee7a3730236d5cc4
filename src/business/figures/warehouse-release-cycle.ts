import { oneFigure, secondsBetween } from '#platform/figures';
import { fulfilmentRuns } from './order-course.ts';

/** States in which the warehouse has the release. */
const withTheWarehouse: ReadonlySet<string> = new Set(['unacknowledged', 'released']);
/** The state that a fulfilment enters when its warehouse says that goods left. */
const dispatched = 'issuing';

/** How long a warehouse takes from the release to the first goods that leave. */
export const warehouseReleaseCycle = oneFigure({
  figure: 'warehouse-release-cycle',
  version: 1,
  title: 'Warehouse release cycle',
  group: 'kpi',
  unit: 'seconds',
  better: 'lower',
  combines: 'median',
  formula:
    'For each fulfilment order whose first goods left in the time asked for: from the moment at which it was handed to the warehouse to the moment at which the warehouse told us of its first shipment. The value is the median. What a warehouse never shipped does not count.',
  source: 'Stays of fulfilment runs: the first in unacknowledged or released, and the first in issuing.',
  samples: (course) =>
    fulfilmentRuns(course).flatMap(({ key, stays }) => {
      const released = stays.find(({ state }) => withTheWarehouse.has(state));
      const left = stays.find(({ state }) => state === dispatched);
      if (released === undefined || left === undefined) return [];
      return [{ at: left.enteredAt, value: secondsBetween(released.enteredAt, left.enteredAt), note: key }];
    }),
});

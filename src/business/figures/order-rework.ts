import { orderFactTypes } from '#business/flows';
import { oneFigure } from '#platform/figures';
import { endedOrder, reworkReasons } from './order-course.ts';

/** How many orders had to be done over. */
export const orderRework = oneFigure({
  figure: 'order-rework',
  version: 1,
  title: 'Order rework',
  group: 'kpi',
  unit: 'share',
  better: 'lower',
  combines: 'mean',
  formula:
    'Of the orders that ended in the time asked for, in whatever way: the share of those with a hold (of the order or of a line), an accepted change, a booking that the ERP refused, or a request that somebody edited and sent again. An order counts once, however often it was done over.',
  source: 'Facts order.held and order.changed; refused book-in-erp in the journals; cases and the acts about them.',
  reads: { facts: [orderFactTypes.held, orderFactTypes.changed] },
  samples: (course) => {
    const ended = endedOrder(course);
    if (ended === undefined) return [];
    const reasons = reworkReasons(course);
    return [
      {
        at: ended.endedAt,
        value: reasons.length > 0 ? 1 : 0,
        ...(reasons.length > 0 ? { note: reasons.join(', ') } : {}),
      },
    ];
  },
});

import type { Day, DayOrder } from '../day/day.ts';
import { countryCode } from './countries.ts';
import type { Submission } from './plan.ts';

/** An order of the day as somebody would submit it. */
export interface Draft {
  readonly id: string;
  readonly submission: Submission;
}

function submissionOf(order: DayOrder, purchaseOrder: string): Submission {
  return {
    ...(order.customer === undefined ? {} : { customer: order.customer }),
    customerPurchaseOrder: purchaseOrder,
    currency: 'GBP',
    orderedAt: order.orderedAt,
    shipTo: {
      name: order.customer === undefined ? 'Unknown customer' : `Customer ${order.customer}`,
      country: countryCode(order.country),
    },
    sourceReference: order.invoice,
    lines: order.lines.map(({ kind, item, description, quantity, unitPrice }) => ({
      kind,
      item,
      ...(description === '' ? {} : { description }),
      quantity,
      unit: 'EA',
      unitPrice,
    })),
  };
}

/** The first `count` orders of the day. When the day has fewer it begins again, with fresh numbers. */
export function draftsOf(day: Day, count: number): readonly Draft[] {
  return Array.from({ length: count }, (_, at) => {
    const order = day.orders[at % day.orders.length] as DayOrder;
    const round = Math.floor(at / day.orders.length) + 1;
    const id = round === 1 ? order.invoice : `${round}.${order.invoice}`;
    return { id, submission: submissionOf(order, `PO-${id}`) };
  });
}

import type { OrderAudit } from '#business/apis/orders/v1';
import { systemClock } from '#model/kernel';
import { auditOf, recordAction } from '#platform/audit';
import type { Database } from '#platform/storage';

/** The audit of orders: each act once, by the message that tells the order of it. */
export function auditOrders({ pool }: Database): OrderAudit {
  return async ({ order, action, by, message, details, isRepeated }) => {
    const target = `order:${order}`;
    // The first may have died before it was written, or after.
    const isThere = isRepeated && (await auditOf(pool, target)).some((entry) => entry.details.message === message);
    if (isThere) return;
    await recordAction(pool, { target, action, by, at: systemClock.now(), details: { ...details, message } });
  };
}

import type { IncidentKind, Submission } from './plan.ts';

/** What an order must be like for an incident of this kind. */
export interface IncidentRule {
  /** It is about what the API or the sender's wishes can express. */
  readonly apiOnly?: true;
  /** The customer must have no other order on the day, because its standing or prices are changed. */
  readonly ownCustomer?: true;
  /** It is about one goods line of at least so many units, of an item that the order names once. */
  readonly line?: { readonly units: number };
  /** … which no other order of the day names, because its stock is changed. */
  readonly ownItem?: true;
  /** At least so many goods lines. */
  readonly lines?: number;
  readonly policy?: Submission['shippingPolicy'];
}

export const incidentRules: Readonly<Record<IncidentKind, IncidentRule>> = {
  'credit-released': { ownCustomer: true },
  'credit-never-released': { ownCustomer: true },
  'cancelled-while-held': { ownCustomer: true },
  'unknown-item': { line: { units: 1 }, lines: 2 },
  'price-moved': { ownCustomer: true, line: { units: 1 } },
  'stock-backordered': { apiOnly: true, line: { units: 2 }, ownItem: true, policy: 'ship-partial' },
  'stock-fill-or-kill': { apiOnly: true, line: { units: 2 }, ownItem: true, policy: 'fill-or-kill' },
  'stock-ship-complete': { apiOnly: true, line: { units: 2 }, ownItem: true, policy: 'ship-complete' },
  'short-pick': { line: { units: 2 }, ownItem: true },
  'two-warehouses': { line: { units: 3 }, ownItem: true },
  'part-shipments': { lines: 2 },
  'cancellation-accepted': { lines: 1 },
  'cancellation-refused': { lines: 1 },
  'repeated-submission': { apiOnly: true },
  'changed-submission': { apiOnly: true },
  'duplicate-purchase-order': { apiOnly: true, ownCustomer: true, line: { units: 1 } },
  'erp-loses-create': { lines: 1 },
  'erp-loses-confirm': { lines: 1 },
  'erp-loses-shipment': { lines: 1 },
  'erp-loses-invoice': { lines: 1 },
  'reported-twice': { lines: 1 },
  'reported-late': { lines: 1 },
  'reported-early': { lines: 1 },
};

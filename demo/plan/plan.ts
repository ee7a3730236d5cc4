import type { Decimal, Instant } from '#model/kernel';

/** What may be laid over an order of the day. Each has an order of its own. */
export const incidentKinds = [
  'credit-released',
  'credit-never-released',
  'cancelled-while-held',
  'unknown-item',
  'price-moved',
  'stock-backordered',
  'stock-fill-or-kill',
  'stock-ship-complete',
  'short-pick',
  'two-warehouses',
  'part-shipments',
  'cancellation-accepted',
  'cancellation-refused',
  'repeated-submission',
  'changed-submission',
  'duplicate-purchase-order',
  'erp-loses-create',
  'erp-loses-confirm',
  'erp-loses-shipment',
  'erp-loses-invoice',
  'reported-twice',
  'reported-late',
  'reported-early',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

export const sites = ['NORTH', 'SOUTH'] as const;
export type Site = (typeof sites)[number];

/** How much of an item each warehouse has. */
export type Levels = Readonly<Record<Site, Decimal>>;

export interface SubmittedLine {
  readonly kind: 'goods' | 'charge';
  readonly item: string;
  readonly description?: string;
  readonly quantity: Decimal;
  readonly unit: 'EA';
  readonly unitPrice: Decimal;
}

/** The body of `POST /api/orders/v1/orders`. */
export interface Submission {
  readonly customer?: string;
  readonly customerPurchaseOrder: string;
  readonly currency: 'GBP';
  readonly orderedAt: Instant;
  readonly shippingPolicy?: 'ship-partial' | 'ship-complete' | 'fill-or-kill';
  readonly shipTo: { readonly name: string; readonly country: string };
  readonly sourceReference: string;
  readonly lines: readonly SubmittedLine[];
}

/** An incident and what it needs the world to be like. */
export interface Incident {
  readonly kind: IncidentKind;
  /** Place of the goods line that it is about, from 0. */
  readonly line?: number;
  /** The customer's credit limit; less than the order. */
  readonly creditLimit?: Decimal;
  /** All that there is of the line's item. */
  readonly stock?: Levels;
  /** Units that the picker does not find. */
  readonly missing?: Decimal;
}

/** One order of the plan, as it will be submitted, with the prices that the ERP will know for it. */
export interface PlannedOrder {
  /** The invoice's number; from the second round on with the round before it: `2.536365`. */
  readonly id: string;
  readonly channel: 'api' | 'crm';
  readonly submission: Submission;
  /** The customer's own price of each line in the ERP; absent where there is no customer. */
  readonly agreed?: readonly Decimal[];
  readonly incident?: Incident;
}

/** What will happen on the day: the same day, number and seed give the same plan. */
export interface Plan {
  readonly seed: number;
  readonly input: string;
  readonly orders: readonly PlannedOrder[];
  /** Items that are not plentiful everywhere, with what there is of them. */
  readonly stock: Readonly<Record<string, Levels>>;
  /** How often each kind of incident was laid. */
  readonly incidents: Readonly<Record<IncidentKind, number>>;
}

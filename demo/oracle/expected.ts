import type { Big } from 'big.js';
import type { IncidentKind, Site } from '../plan/plan.ts';

/** How a submission ends. `completed-short`: something shipped, and the rest was cancelled. */
export type Outcome = 'completed' | 'completed-short' | 'cancelled' | 'held' | 'refused' | 'quarantined';

/** A quantity of an item at a price for one, before tax. */
export interface ExpectedLine {
  readonly item: string;
  readonly quantity: Big;
  readonly unitPrice: Big;
}

/** One sales order in the ERP and, where it has goods, one release to the warehouse. */
export interface ExpectedPlace {
  /** `any`: one warehouse, whichever. */
  readonly site: Site | 'any';
  /** Goods as booked and released. A line stays a line; over two warehouses it is one in each. */
  readonly booked: readonly ExpectedLine[];
  /** Goods as shipped, issued and invoiced. */
  readonly shipped: readonly ExpectedLine[];
}

/** What must become of a submission, and what the systems' ledgers must hold of it: this and nothing else. */
export interface Expected {
  readonly id: string;
  readonly channel: 'api' | 'crm';
  readonly incident?: IncidentKind;
  readonly purchaseOrder: string;
  /** JSON pointers of everything that the door finds; empty when it lets it in. */
  readonly findings: readonly string[];
  readonly outcome: Outcome;
  /** Of goods, whatever becomes of them. */
  readonly orderedUnits: number;
  /** Kinds of the holds that it must have been under. */
  readonly holds: readonly string[];
  readonly places: readonly ExpectedPlace[];
  /** On one of the sales. */
  readonly charges: readonly ExpectedLine[];
  /** The charges are invoiced, with the first shipment or with the end. */
  readonly chargesInvoiced: boolean;
  /** Before tax. */
  readonly value: { readonly ordered: Big; readonly shipped: Big; readonly invoiced: Big };
}

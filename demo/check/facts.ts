import { Big } from 'big.js';
import type { LedgerEntry } from '../../simulators/kit/index.ts';
import { sites } from '../plan/plan.ts';
import type { Counted } from './tally.ts';

/** The ledgers of the simulated systems, each as it stands in its file. */
export interface Ledgers {
  readonly erp: readonly LedgerEntry[];
  readonly crm: readonly LedgerEntry[];
  /** Of every warehouse, one after the other. */
  readonly wms: readonly LedgerEntry[];
}

/** A sales order or an invoice as the ERP booked it. */
export interface Document {
  readonly number: string;
  /** The warehouse, where it names one. */
  readonly site?: string;
  readonly lines: readonly Required<Counted>[];
  readonly untaxed: Big;
  readonly tax: Big;
  readonly total: Big;
}

/** Goods that were to leave, or left. */
export interface Movement {
  /** Fulfilment number of a release; shipment number of a shipment or an issue. */
  readonly number: string;
  readonly site?: string;
  readonly lines: readonly Counted[];
}

/** What really happened to one order, by the systems' own ledgers. */
export interface OrderFacts {
  readonly sales: Document[];
  readonly invoices: Document[];
  /** Goods issues in the ERP. */
  readonly issues: Movement[];
  /** Sales and deliveries that the ERP took back. */
  takenBack: number;
  readonly releases: Movement[];
  readonly shipments: Movement[];
  readonly cancelRequests: string[];
  /** Fields of the opportunity as the CRM last had them; absent when it was never told. */
  opportunity?: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
const big = (value: unknown): Big => new Big(typeof value === 'number' ? value : text(value) || '0');

const records = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? (value as Record<string, unknown>[]) : [];

/** Our name of a site in whatever a system calls its warehouse. */
const siteIn = (value: unknown): { readonly site?: string } => {
  const site = sites.find((known) => text(value).toUpperCase().includes(known));
  return site === undefined ? {} : { site };
};

const counted = (line: Readonly<Record<string, unknown>>): Counted => ({
  item: text(line.item ?? line.product),
  quantity: big(line.quantity),
});

const documentOf = (entry: LedgerEntry): Document => ({
  number: text(entry.number),
  ...siteIn(entry.warehouse),
  lines: records(entry.lines).map((line) => ({ ...counted(line), unitPrice: big(line.unitPrice) })),
  untaxed: big(entry.untaxed),
  tax: big(entry.tax),
  total: big(entry.total),
});

const movementOf = (entry: LedgerEntry, number: unknown, site: unknown): Movement => ({
  number: text(number),
  ...siteIn(site),
  lines: records(entry.lines).map(counted),
});

/** `100001-NORTH-1` is of order 100001. */
const orderOf = (fulfilmentNumber: unknown): string => text(fulfilmentNumber).replace(/-[A-Za-z]+-\d+$/, '');

const orderNumberField = 'Crossdock_Order_Number__c';

/** Sorts the ledgers by order number. */
export function factsOf({ erp, crm, wms }: Ledgers): ReadonlyMap<string, OrderFacts> {
  const orders = new Map<string, OrderFacts>();
  const of = (orderNumber: string): OrderFacts => {
    const known = orders.get(orderNumber);
    if (known !== undefined) return known;
    const fresh: OrderFacts = {
      sales: [],
      invoices: [],
      issues: [],
      takenBack: 0,
      releases: [],
      shipments: [],
      cancelRequests: [],
    };
    orders.set(orderNumber, fresh);
    return fresh;
  };
  for (const entry of erp) {
    const facts = of(text(entry.reference));
    if (entry.kind === 'sale-confirmed') facts.sales.push(documentOf(entry));
    if (entry.kind === 'invoice-posted') facts.invoices.push(documentOf(entry));
    if (entry.kind === 'shipment-done') facts.issues.push(movementOf(entry, entry.shipment, entry.warehouse));
    if (entry.kind === 'sale-cancelled' || entry.kind === 'shipment-cancelled') facts.takenBack += 1;
  }
  for (const entry of wms) {
    if (entry.kind === 'acknowledgement-received') continue;
    const { fulfilmentNumber } = entry;
    const facts = of(orderOf(fulfilmentNumber));
    if (entry.kind === 'release-received') facts.releases.push(movementOf(entry, fulfilmentNumber, entry.system));
    if (entry.kind === 'shipped') facts.shipments.push(movementOf(entry, entry.shipmentNumber, entry.system));
    if (entry.kind === 'cancel-received') facts.cancelRequests.push(text(fulfilmentNumber));
  }
  for (const { kind, fields } of crm) {
    if (kind !== 'opportunity-updated') continue;
    const told = fields as Readonly<Record<string, unknown>>;
    const orderNumber = text(told[orderNumberField]);
    if (orderNumber === '') continue;
    const facts = of(orderNumber);
    facts.opportunity = { ...facts.opportunity, ...told };
  }
  return orders;
}

import type { LedgerEntry } from '../../../simulators/kit/index.ts';
import type { OutsideSystems } from './systems.ts';

/** How often each thing was done in the outside world for one order, by the systems' own ledgers. */
export interface Done {
  readonly sales: number;
  readonly salesCancelled: number;
  readonly releases: number;
  readonly releasesRepeated: number;
  readonly shipments: number;
  readonly goodsIssues: number;
  readonly invoices: number;
}

/** An order of goods from one warehouse that went all the way: exactly one of each. */
export const onceEach: Done = {
  sales: 1,
  salesCancelled: 0,
  releases: 1,
  releasesRepeated: 0,
  shipments: 1,
  goodsIssues: 1,
  invoices: 1,
};

/** Is the entry about this order? The books know it by its number, a warehouse by a number that begins with it. */
export const isAbout = (orderNumber: string, { reference, fulfilmentNumber }: LedgerEntry): boolean =>
  reference === orderNumber || String(fulfilmentNumber).startsWith(`${orderNumber}-`);

/** What the ledgers say of one order: entries of these systems, oldest first within each. */
export const entriesOf = (systems: OutsideSystems, orderNumber: string): readonly LedgerEntry[] =>
  [...systems.erp.entries(), ...systems.north.entries(), ...systems.south.entries()].filter((entry) =>
    isAbout(orderNumber, entry),
  );

/** Counts what was done for each of these orders. */
export function doneFor(systems: OutsideSystems, orderNumbers: readonly string[]): ReadonlyMap<string, Done> {
  const all = [...systems.erp.entries(), ...systems.north.entries(), ...systems.south.entries()];
  return new Map(
    orderNumbers.map((orderNumber) => {
      const entries = all.filter((entry) => isAbout(orderNumber, entry));
      const count = (kind: string): number => entries.filter((entry) => entry.kind === kind).length;
      const done: Done = {
        sales: count('sale-confirmed'),
        salesCancelled: count('sale-cancelled'),
        releases: count('release-received'),
        releasesRepeated: count('duplicate-release'),
        shipments: count('shipped'),
        goodsIssues: count('shipment-done'),
        invoices: count('invoice-posted'),
      };
      return [orderNumber, done];
    }),
  );
}

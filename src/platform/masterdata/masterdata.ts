import type { Database } from '#platform/storage';
import { databaseFault } from '#platform/storage';
import type { CatalogueCustomer, CatalogueItem } from './catalogue.ts';
import { fromTheStart, readChanges, saveCustomers, saveItems } from './catalogue-store.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { type Claims, createClaims } from './claims.ts';
import { type CrossReference, createCrossReference } from './cross-reference.ts';

/**
 * What is known of customers and items, kept in the database and served from memory: a lookup costs no query, however large the
 * catalogue. Other nodes' loads are seen within `refreshMs`.
 */
export interface Masterdata {
  /** Takes in what a system of record says; what stands there already is left alone. Throws `Fault`, code `invalid-catalogue`. */
  load(catalogue: {
    readonly customers?: readonly CatalogueCustomer[];
    readonly items?: readonly CatalogueItem[];
  }): Promise<void>;
  customer(number: string): CatalogueCustomer | undefined;
  item(number: string): CatalogueItem | undefined;
  /** How many are known; zero of both before the first load. */
  size(): { readonly customers: number; readonly items: number };
  /** Looks for other nodes' changes now. */
  refresh(): Promise<void>;
  readonly crossReference: CrossReference;
  readonly claims: Claims;
  /** Ends the refreshing. */
  close(): Promise<void>;
}

export interface MasterdataOptions {
  /** Default 2 000. */
  readonly refreshMs?: number;
  /** Told when a refresh fails; what was known stays in use. Default: nobody. */
  readonly onRefreshFault?: (thrown: unknown) => void;
}

/** Opens the master data kept in `database` (migrated), with all of it in memory when the promise resolves. */
export async function createMasterdata(
  { database }: { readonly database: Database },
  { refreshMs = 2_000, onRefreshFault = () => undefined }: MasterdataOptions = {},
): Promise<Masterdata> {
  const customers = new Map<string, CatalogueCustomer>();
  const items = new Map<string, CatalogueItem>();
  let mark = fromTheStart;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    const changes = await readChanges(database, mark);
    for (const customer of changes.customers) customers.set(customer.customer, customer);
    for (const item of changes.items) items.set(item.item, item);
    mark = changes.mark;
  };
  // One after the other: an older answer must not overwrite a younger one.
  const refresh = (): Promise<void> => {
    const next = looking.then(look);
    looking = next.catch(() => undefined);
    return next;
  };

  await refresh();
  const timer = setInterval(() => void refresh().catch(onRefreshFault), refreshMs);
  timer.unref();

  return {
    load: async (catalogue) => {
      checkCatalogue(catalogue);
      try {
        await saveCustomers(database, catalogue.customers ?? []);
        await saveItems(database, catalogue.items ?? []);
      } catch (thrown) {
        throw databaseFault(thrown);
      }
      await refresh();
    },
    customer: (number) => customers.get(number),
    item: (number) => items.get(number),
    size: () => ({ customers: customers.size, items: items.size }),
    refresh,
    crossReference: createCrossReference({ database }),
    claims: createClaims({ database }),
    close: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

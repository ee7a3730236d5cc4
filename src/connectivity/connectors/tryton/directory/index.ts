import type { CompleteSettings } from '../settings.ts';
import { createCompany } from './company.ts';
import { createCustomerRecords } from './customer-records.ts';
import { createItemRecords } from './item-records.ts';
import { createUnits } from './units.ts';
import { createWarehouses } from './warehouses.ts';

export type { CustomerRecord } from './customer-records.ts';
export { alsoInactive } from './customer-records.ts';
export { type ItemRecord, itemFields, type TaxRecord } from './item-records.ts';

/** Ids and other things that change seldom, kept for `cacheSeconds`. Never what is owed, stocked or charged. */
export const createDirectory = (settings: CompleteSettings) => ({
  company: createCompany(settings.company, settings.cacheMs),
  customers: createCustomerRecords(settings.cacheMs),
  items: createItemRecords(settings.cacheMs),
  units: createUnits(settings.units, settings.cacheMs),
  warehouses: createWarehouses(settings.sites, settings.cacheMs),
});
export type Directory = ReturnType<typeof createDirectory>;

import type { World } from '../kit/index.ts';
import type { Records } from './records.ts';

/** The family of products that never ship. */
export const chargeFamily = 'Charge';
export const goodsFamily = 'Goods';

/** Accounts from the customers (their numbers as AccountNumber), products from the items. */
export function seed(records: Records, world: World): void {
  for (const { number, name, country } of world.customers) {
    records.insert('Account', { Name: name, AccountNumber: number, ShippingCountry: country });
  }
  for (const { item, description, kind } of world.items) {
    records.insert('Product2', {
      Name: description === '' ? item : description,
      ProductCode: item,
      Family: kind === 'charge' ? chargeFamily : goodsFamily,
      IsActive: true,
    });
  }
}

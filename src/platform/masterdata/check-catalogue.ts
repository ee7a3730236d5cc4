import { Fault, isDecimal, isPositive } from '#model/kernel';
import type { CatalogueCustomer, CatalogueItem } from './catalogue.ts';

const day = /^\d{4}-\d\d-\d\d$/;

const refuse = (message: string): never => {
  throw new Fault('permanent', { code: 'invalid-catalogue', message });
};

function checkItem({ item, unit, conversions }: CatalogueItem): void {
  if (item === '' || unit === '') refuse(`item ${JSON.stringify(item)}: item and unit must be given`);
  for (const conversion of conversions) {
    const name = `item ${item}, conversion from ${conversion.unit}`;
    if (conversion.unit === unit) refuse(`${name}: that is the stock unit itself`);
    if (!isDecimal(conversion.factor) || !isPositive(conversion.factor)) {
      refuse(`${name}: factor ${JSON.stringify(conversion.factor)} is not a positive decimal`);
    }
    for (const date of [conversion.validFrom, conversion.validTo]) {
      if (date !== undefined && !day.test(date)) refuse(`${name}: ${JSON.stringify(date)} is not a day, YYYY-MM-DD`);
    }
  }
}

/** Refuses what would be wrong for everybody later: names without text, factors that are not positive decimals, days that are none. */
export function checkCatalogue(catalogue: {
  readonly customers?: readonly CatalogueCustomer[];
  readonly items?: readonly CatalogueItem[];
}): void {
  for (const { customer, currency } of catalogue.customers ?? []) {
    if (customer === '') refuse('a customer without a number');
    if (!/^[A-Z]{3}$/.test(currency))
      refuse(`customer ${customer}: ${JSON.stringify(currency)} is not a currency code`);
  }
  for (const item of catalogue.items ?? []) checkItem(item);
}

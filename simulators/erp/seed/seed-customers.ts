import type { Decimal } from '#model/kernel';
import type { World } from '../../kit/index.ts';
import type { Transaction } from '../records/transaction.ts';
import type { SeededCompany } from './seed-company.ts';

/** Price lists by customer: one for each who has own prices. */
function seedPrices(
  { books, insert }: Transaction,
  world: World,
  company: number,
  products: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const lists = new Map<string, number>();
  for (const { customer, item, unitPrice } of world.prices) {
    const list =
      lists.get(customer) ?? insert(books.priceLists, { name: `Prices of ${customer}`, company, active: true }).id;
    lists.set(customer, list);
    const product = products.get(item) ?? 0;
    insert(books.priceListLines, { price_list: list, product, unit_price: unitPrice as Decimal });
  }
  return lists;
}

/** A party for every customer, its code the customer's number; a blocked one is inactive. */
export function seedCustomers(
  transaction: Transaction,
  world: World,
  { company, paymentTerm }: SeededCompany,
  products: ReadonlyMap<string, number>,
): void {
  const { books, insert } = transaction;
  const lists = seedPrices(transaction, world, company, products);
  const countries = new Map<string, number>();
  for (const { number, name, country, creditLimit, blocked } of world.customers) {
    const known =
      countries.get(country) ??
      insert(books.countries, { name: country, code: country.length === 2 ? country : null }).id;
    countries.set(country, known);
    const party = insert(books.parties, {
      name,
      code: number,
      active: blocked !== true,
      credit_limit_amount: (creditLimit ?? null) as Decimal | null,
      sale_price_list: lists.get(number) ?? null,
      customer_payment_term: paymentTerm,
    });
    insert(books.addresses, {
      party: party.id,
      name: null,
      street: '1 High Street',
      city: 'Town',
      postal_code: null,
      country: known,
      active: true,
      invoice: true,
      delivery: true,
    });
  }
}

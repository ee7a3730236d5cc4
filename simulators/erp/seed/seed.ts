import type { World } from '../../kit/index.ts';
import type { Books } from '../models/books.ts';
import { transact } from '../records/transaction.ts';
import { seedCompany } from './seed-company.ts';
import { seedCustomers } from './seed-customers.ts';
import { seedItems } from './seed-items.ts';
import { seedWarehouses } from './seed-warehouses.ts';

/** Fills empty books with a world. The same world gives the same ids. */
export function seed(books: Books, world: World, at: number): void {
  const details = { user: 1, context: {}, at, now: () => at };
  transact(
    books,
    details,
    () => undefined,
    (transaction) => {
      const company = seedCompany(transaction, world);
      const warehouses = seedWarehouses(transaction, world);
      const products = seedItems(transaction, world, company, warehouses);
      seedCustomers(transaction, world, company, products);
    },
  );
}

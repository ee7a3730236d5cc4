import { Big } from 'big.js';
import { type Decimal, decimal, one } from '#model/kernel';
import type { World } from '../../kit/index.ts';
import { type GroupName, groupNames } from '../business/groups.ts';
import type { Transaction } from '../records/transaction.ts';

export interface SeededCompany {
  readonly company: number;
  /** The category of everything that is taxed. */
  readonly category: number;
  readonly unit: number;
  readonly paymentTerm: number;
}

const groupsOf: Readonly<Record<string, readonly GroupName[]>> = {
  admin: [],
  integration: ['Sales', 'Stock', 'Stock Force Assignment', 'Accounting'],
  credit: ['Sales', 'Stock', 'Stock Force Assignment', 'Accounting', 'Account Credit Limit'],
  wms: ['Stock', 'Stock Force Assignment'],
};

/** The users that can log in. */
export const logins: readonly string[] = Object.keys(groupsOf);

function seedUsers({ books, insert }: Transaction, company: number): void {
  const ids = new Map(groupNames.map((name) => [name, insert(books.groups, { name }).id]));
  for (const [login, groups] of Object.entries(groupsOf)) {
    const members = groups.map((name) => ids.get(name) ?? 0);
    insert(books.users, { name: login, login, active: true, company, groups: members });
  }
}

/** The company with its currency, its tax, its one unit, its terms and its users. */
export function seedCompany(transaction: Transaction, world: World): SeededCompany {
  const { books, insert } = transaction;
  const currency = insert(books.currencies, {
    name: 'Pound Sterling',
    code: world.currency,
    symbol: '£',
    digits: 2,
    rounding: decimal('0.01'),
    active: true,
  });
  const party = insert(books.parties, {
    name: world.company,
    code: 'COMPANY',
    active: true,
    credit_limit_amount: null,
    sale_price_list: null,
    customer_payment_term: null,
  });
  const company = insert(books.companies, { party: party.id, currency: currency.id });
  const title = `VAT ${world.taxPercent} %`;
  const tax = insert(books.taxes, {
    name: title,
    description: title,
    type: 'percentage',
    rate: new Big(world.taxPercent).div(100).toFixed() as Decimal,
    active: true,
    company: company.id,
  });
  const taxed = insert(books.categories, { name: 'Taxable', accounting: true, customer_taxes: [tax.id] });
  const category = insert(books.uomCategories, { name: 'Units' });
  const unit = insert(books.uoms, {
    name: 'Unit',
    symbol: 'u',
    category: category.id,
    digits: 0,
    factor: one,
    rate: one,
    rounding: one,
    active: true,
  });
  const term = insert(books.paymentTerms, { name: '30 days', active: true });
  seedUsers(transaction, company.id);
  return { company: company.id, category: taxed.id, unit: unit.id, paymentTerm: term.id };
}

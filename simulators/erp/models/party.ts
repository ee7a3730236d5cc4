import { callerIsIn } from '../business/groups.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import { crash, userError } from '../wire/refusals.ts';
import { fromWire } from '../wire/values.ts';
import type { Books } from './books.ts';
import { children, column, computed, ids, link, shown } from './fields.ts';
import type { AddressRow, PartyRow } from './rows.ts';

function fullAddress(books: Books, { street, postal_code, city, country }: AddressRow): string {
  const name = country === null ? null : books.countries.must(country).name;
  return [street, [postal_code, city].filter(Boolean).join(' '), name].filter(Boolean).join('\n');
}

/** Customers with what they may owe, and their addresses. */
export const partyModels = (books: Books): readonly Model[] => [
  defineModel<PartyRow>({
    name: 'party.party',
    label: 'Party',
    table: books.parties,
    fields: {
      name: column('char', 'Name'),
      code: column('char', 'Code', { required: true }),
      active: column('boolean', 'Active'),
      full_name: computed('char', 'Full Name', ({ name }) => name),
      addresses: children('party.address', 'party', 'Addresses', ({ id }) => ids(books.addresses.by('party', id))),
      sale_price_list: link('product.price_list', 'Sale Price List'),
      customer_payment_term: link('account.invoice.payment_term', 'Customer Payment Term'),
      customer_location: computed(
        'many2one',
        'Customer Location',
        () => books.locations.by('type', 'customer')[0]?.id ?? null,
        'stock.location',
      ),
      customer_tax_rule: computed('many2one', 'Customer Tax Rule', () => null),
      lang: computed('many2one', 'Language', () => null),
      credit_limit_amount: {
        ...column('numeric', 'Credit Limit Amount'),
        searchable: false,
        write: (row, value, transaction) => {
          if (
            !callerIsIn(transaction, 'Account Credit Limit') &&
            books.users.get(transaction.user)?.login !== 'admin'
          ) {
            throw userError('You are not allowed to access "Party.Credit Limit Amount".');
          }
          if (typeof value === 'number') throw crash('a limit is a Decimal');
          transaction.update(books.parties, row.id, { credit_limit_amount: fromWire('numeric', value) });
        },
      },
      credit_amount: shown('numeric', 'Credit Amount', ({ id }) => books.credit.used(id)),
      credit_limit_digits: shown('integer', 'Currency Digits', () => 2),
      receivable: computed('numeric', 'Receivable', ({ id }) => books.credit.receivable(id)),
      receivable_today: shown('numeric', 'Receivable Today', ({ id }) => books.credit.receivable(id)),
    },
    order: [['name', 'ASC']],
    recordName: ({ name, code }) => name || `(${code})`,
    namedBy: ['name', 'code'],
    open: ['create', 'write'],
    defaults: () => ({ active: true }),
  }),
  defineModel<AddressRow>({
    name: 'party.address',
    label: 'Address',
    table: books.addresses,
    fields: {
      party: link('party.party', 'Party', { required: true }),
      name: column('char', 'Building Name'),
      party_name: shown('char', 'Party Name', ({ party }) => books.parties.must(party).name),
      street: column('text', 'Street'),
      city: column('char', 'City'),
      postal_code: column('char', 'Postal Code'),
      country: link('country.country', 'Country'),
      active: column('boolean', 'Active'),
      invoice: column('boolean', 'Invoice'),
      delivery: column('boolean', 'Delivery'),
      full_address: shown('text', 'Full Address', (row) => fullAddress(books, row)),
    },
    recordName: (row) => [books.parties.must(row.party).name, ...fullAddress(books, row).split('\n')].join(', '),
    open: ['create', 'write'],
    defaults: () => ({ active: true, invoice: false, delivery: false }),
  }),
];

import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { column, link } from './fields.ts';

/** The company, its currency, its taxes and terms. */
export const companyModels = (books: Books): readonly Model[] => [
  defineModel({
    name: 'company.company',
    label: 'Company',
    table: books.companies,
    fields: { party: link('party.party', 'Party'), currency: link('currency.currency', 'Currency') },
    recordName: ({ party }) => books.parties.must(party).name,
  }),
  defineModel({
    name: 'currency.currency',
    label: 'Currency',
    table: books.currencies,
    fields: {
      name: column('char', 'Name'),
      code: column('char', 'Code'),
      symbol: column('char', 'Symbol'),
      digits: column('integer', 'Digits'),
      rounding: column('numeric', 'Rounding factor'),
      active: column('boolean', 'Active'),
    },
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'country.country',
    label: 'Country',
    table: books.countries,
    fields: { name: column('char', 'Name'), code: column('char', 'Code') },
    order: [['name', 'ASC']],
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'account.tax',
    label: 'Tax',
    table: books.taxes,
    fields: {
      name: column('char', 'Name'),
      description: column('char', 'Description'),
      type: column('selection', 'Type'),
      rate: column('numeric', 'Rate'),
      active: column('boolean', 'Active'),
      company: link('company.company', 'Company'),
    },
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'account.invoice.payment_term',
    label: 'Payment Term',
    table: books.paymentTerms,
    fields: { name: column('char', 'Name'), active: column('boolean', 'Active') },
    order: [['name', 'ASC']],
    recordName: ({ name }) => name,
  }),
];

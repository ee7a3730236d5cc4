import { Big } from 'big.js';
import type { Decimal } from '#model/kernel';
import { priceOf } from '../business/price.ts';
import { productName } from '../business/sale.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { CallContext, Transaction } from '../records/transaction.ts';
import { fromWire } from '../wire/values.ts';
import type { Books } from './books.ts';
import { column, computed, ids, link, links, shown } from './fields.ts';
import type { CategoryRow, ProductRow, TemplateRow } from './rows.ts';

/** The places that the caller asks about: the context's `locations`, with what is below them when told or when it is one. */
function places(books: Books, transaction: Transaction): ReadonlySet<number> {
  const { locations, with_childs: below } = transaction.context;
  const given = Array.isArray(locations) ? locations.map(Number) : [];
  const wide = typeof below === 'boolean' ? below : given.length === 1;
  return wide ? books.stock.within(given) : new Set(given);
}

const onHand = (books: Books, product: number, transaction: Transaction): Decimal =>
  books.stock.onHand(product, places(books, transaction), transaction.context.stock_assign === true);

function forecast(books: Books, product: number, transaction: Transaction): Decimal {
  const end = fromWire('date', transaction.context.stock_date_end);
  return books.stock.forecast(
    product,
    places(books, transaction),
    transaction.today,
    end === null ? undefined : String(end),
  );
}

/** The price by the context's price list. The real one converts it to the unit asked for, and leaves the digits of that. */
function salePrice(books: Books, product: number, context: CallContext): Decimal {
  const list = typeof context.price_list === 'number' ? context.price_list : null;
  return new Big(priceOf(books, product, list)).toFixed(14) as Decimal;
}

const templateOf = (books: Books, { template }: ProductRow): TemplateRow => books.templates.must(template);

/** Items, their units, and what customers pay for them. */
export const productModels = (books: Books): readonly Model[] => [
  defineModel<CategoryRow>({
    name: 'product.category',
    label: 'Category',
    table: books.categories,
    fields: {
      name: column('char', 'Name'),
      accounting: column('boolean', 'Accounting'),
      customer_taxes: links('account.tax', 'Customer Taxes'),
      customer_taxes_used: shown(
        'many2many',
        'Customer Taxes Used',
        ({ customer_taxes }) => customer_taxes,
        'account.tax',
      ),
    },
    order: [['name', 'ASC']],
    recordName: ({ name }) => name,
  }),
  defineModel<TemplateRow>({
    name: 'product.template',
    label: 'Product Template',
    table: books.templates,
    fields: {
      name: column('char', 'Name', { required: true }),
      code: column('char', 'Code'),
      type: column('selection', 'Type'),
      default_uom: link('product.uom', 'Default UOM'),
      sale_uom: link('product.uom', 'Sale UOM'),
      list_price: column('numeric', 'List Price', { digits: 4 }),
      salable: column('boolean', 'Salable'),
      active: column('boolean', 'Active'),
      consumable: computed('boolean', 'Consumable', () => false),
      account_category: link('product.category', 'Account Category'),
      products: computed('one2many', 'Variants', ({ id }) => ids(books.products.by('template', id)), 'product.product'),
    },
    order: [['name', 'ASC']],
    recordName: ({ name, code }) => `[${code}] ${name}`,
    namedBy: ['name', 'code'],
  }),
  defineModel<ProductRow>({
    name: 'product.product',
    label: 'Product Variant',
    table: books.products,
    fields: {
      template: link('product.template', 'Product Template'),
      code: column('char', 'Code'),
      suffix_code: column('char', 'Suffix Code'),
      description: column('text', 'Description'),
      active: column('boolean', 'Active'),
      name: computed('char', 'Name', (row) => templateOf(books, row).name),
      type: computed('selection', 'Type', (row) => templateOf(books, row).type),
      default_uom: computed('many2one', 'Default UOM', (row) => templateOf(books, row).default_uom, 'product.uom'),
      sale_uom: computed('many2one', 'Sale UOM', (row) => templateOf(books, row).sale_uom, 'product.uom'),
      account_category: computed(
        'many2one',
        'Account Category',
        (row) => templateOf(books, row).account_category,
        'product.category',
      ),
      list_price: computed('numeric', 'List Price', (row) => templateOf(books, row).list_price),
      list_price_uom: computed('numeric', 'List Price', (row) => templateOf(books, row).list_price),
      sale_price_uom: shown('numeric', 'Sale Price', ({ id }, transaction) =>
        salePrice(books, id, transaction.context),
      ),
      salable: computed('boolean', 'Salable', (row) => templateOf(books, row).salable),
      consumable: computed('boolean', 'Consumable', () => false),
      default_uom_digits: computed('integer', 'Default Unit Digits', () => 0),
      quantity: computed('float', 'Quantity', ({ id }, transaction) => onHand(books, id, transaction)),
      forecast_quantity: computed('float', 'Forecast Quantity', ({ id }, transaction) =>
        forecast(books, id, transaction),
      ),
    },
    order: [['rec_name', 'ASC']],
    recordName: (row) => productName(books, row),
    namedBy: ['name', 'code'],
  }),
];

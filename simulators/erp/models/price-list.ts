import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { children, column, computed, ids, link } from './fields.ts';
import type { PriceListLineRow, PriceListRow } from './rows.ts';

/** What customers pay: a list each, with a price per item. */
export const priceListModels = (books: Books): readonly Model[] => [
  defineModel<PriceListRow>({
    name: 'product.price_list',
    label: 'Price List',
    table: books.priceLists,
    fields: {
      name: column('char', 'Name'),
      company: link('company.company', 'Company'),
      active: column('boolean', 'Active'),
      lines: children('product.price_list.line', 'price_list', 'Lines', ({ id }) =>
        ids(books.priceListLines.by('price_list', id)),
      ),
    },
    recordName: ({ name }) => name,
  }),
  defineModel<PriceListLineRow>({
    name: 'product.price_list.line',
    label: 'Price List Line',
    table: books.priceListLines,
    fields: {
      price_list: link('product.price_list', 'Price List'),
      product: link('product.product', 'Product'),
      formula: computed('char', 'Formula', ({ unit_price }) => `Decimal('${unit_price}')`),
      quantity: computed('float', 'Quantity', () => null),
    },
    recordName: ({ id }) => String(id),
  }),
];

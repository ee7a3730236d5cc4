import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { column, link } from './fields.ts';

/** Units of measure. */
export const unitModels = (books: Books): readonly Model[] => [
  defineModel({
    name: 'product.uom.category',
    label: 'UOM Category',
    table: books.uomCategories,
    fields: { name: column('char', 'Name') },
    recordName: ({ name }) => name,
  }),
  defineModel({
    name: 'product.uom',
    label: 'Unit of Measure',
    table: books.uoms,
    fields: {
      name: column('char', 'Name'),
      symbol: column('char', 'Symbol'),
      category: link('product.uom.category', 'Category'),
      digits: column('integer', 'Display Digits'),
      factor: column('float', 'Factor'),
      rate: column('float', 'Rate'),
      rounding: column('float', 'Rounding Precision'),
      active: column('boolean', 'Active'),
    },
    order: [['name', 'ASC']],
    recordName: ({ name }) => name,
  }),
];

import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import type { Books } from './books.ts';
import { column, computed, ids, link } from './fields.ts';
import type { LocationRow } from './rows.ts';

/** The warehouse that a place lies in. */
function warehouseOf(books: Books, location: LocationRow): number | null {
  let at: LocationRow | undefined = location;
  while (at !== undefined && at.type !== 'warehouse')
    at = at.parent === null ? undefined : books.locations.get(at.parent);
  return at?.id ?? null;
}

/** Warehouses with their input, storage and output; customers' and lost goods' places. */
export const locationModel = (books: Books): Model =>
  defineModel<LocationRow>({
    name: 'stock.location',
    label: 'Stock Location',
    table: books.locations,
    fields: {
      name: column('char', 'Name'),
      code: column('char', 'Code'),
      type: column('selection', 'Location type'),
      parent: link('stock.location', 'Parent'),
      active: column('boolean', 'Active'),
      input_location: link('stock.location', 'Input'),
      output_location: link('stock.location', 'Output'),
      storage_location: link('stock.location', 'Storage'),
      lost_found_location: link('stock.location', 'Lost and Found'),
      childs: computed('one2many', 'Children', ({ id }) => ids(books.locations.by('parent', id)), 'stock.location'),
      warehouse: computed('many2one', 'Warehouse', (row) => warehouseOf(books, row), 'stock.location'),
    },
    order: [['name', 'ASC']],
    recordName: ({ name }) => name,
    namedBy: ['name', 'code'],
  });

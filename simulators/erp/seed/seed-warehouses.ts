import type { World } from '../../kit/index.ts';
import type { LocationRow } from '../models/rows.ts';
import type { Columns } from '../records/row.ts';
import type { Transaction } from '../records/transaction.ts';

const place = (name: string, code: string | null, type: LocationRow['type']): Columns<LocationRow> => ({
  name,
  code,
  type,
  parent: null,
  active: true,
  input_location: null,
  output_location: null,
  storage_location: null,
  lost_found_location: null,
});

/** A warehouse for every site, its code the site's name, with input, output and storage below it. Answers them by site. */
export function seedWarehouses(transaction: Transaction, world: World): ReadonlyMap<string, LocationRow> {
  const { books, insert, update } = transaction;
  const lost = insert(books.locations, place('Lost and Found', null, 'lost_found'));
  insert(books.locations, place('Customer', 'CUS', 'customer'));
  const seeded = world.sites.map(({ site, name }) => {
    const zones = ['Input', 'Output', 'Storage'].map((zone) =>
      insert(books.locations, place(`${name} ${zone}`, `${site}-${zone.slice(0, 3).toUpperCase()}`, 'storage')),
    );
    const [input, output, storage] = zones;
    const warehouse = insert(books.locations, {
      ...place(name, site, 'warehouse'),
      input_location: input?.id ?? null,
      output_location: output?.id ?? null,
      storage_location: storage?.id ?? null,
      lost_found_location: lost.id,
    });
    for (const { id } of zones) update(books.locations, id, { parent: warehouse.id });
    return [site, warehouse] as const;
  });
  return new Map(seeded);
}

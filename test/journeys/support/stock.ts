import { createInventory } from '#platform/inventory';
import type { Site } from './installation.ts';
import { world } from './world.ts';

/** A position: an item at a site, e.g. `HEART NORTH`. */
type Positions = Readonly<Record<string, string>>;

export interface StockAtRest {
  /** What Crossdock believes to be there; where there is nothing there is no entry. */
  readonly ours: Positions;
  /** What lies on the warehouses' shelves. */
  readonly theirs: Positions;
  /** Positions of which something is still claimed. */
  readonly claimed: readonly string[];
}

const present = (positions: readonly (readonly [string, string])[]): Positions =>
  Object.fromEntries(positions.filter(([, quantity]) => Number(quantity) !== 0));

/** The stock of every position, by Crossdock and by the warehouses themselves. When every order is over they are one, and nothing is claimed. */
export async function stockAtRest(site: Site): Promise<StockAtRest> {
  const items = [...new Set(world.stock.map(({ item }) => item))];
  const positions = await createInventory({ database: site.database }).availability(items);
  const shelves = {
    NORTH: (await site.north.act('stock', {})) as Positions,
    SOUTH: (await site.south.act('stock', {})) as Positions,
  };
  const termOf = (terms: (typeof positions)[number]['terms'], wanted: string): string =>
    terms.find(({ term }) => term === wanted)?.quantity ?? '0';
  return {
    ours: present(positions.map(({ item, site: place, terms }) => [`${item} ${place}`, termOf(terms, 'on-hand')])),
    theirs: present(
      Object.entries(shelves).flatMap(([place, stock]) =>
        Object.entries(stock).map(([item, quantity]) => [`${item} ${place}`, quantity] as const),
      ),
    ),
    claimed: positions.flatMap(({ item, site: place, terms }) =>
      Number(termOf(terms, 'reserved-firm')) === 0 ? [] : [`${item} ${place}`],
    ),
  };
}

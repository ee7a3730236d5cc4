import { type Decimal, decimal, zero } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { ClaimAnswer, ClaimRequest } from './claims.ts';
import { createInventory, type Inventory } from './inventory.ts';

/** An inventory on a database of its own, with names that no two tests share. */
export interface TestStock {
  readonly own: TestDatabase;
  readonly inventory: Inventory;
  /** A name nobody has used. */
  next(name: string): string;
  /** A key nobody has used. */
  fresh(): { readonly key: string };
  /** A new item with so much on hand at each site. */
  stocked(places: Readonly<Record<string, string>>): Promise<string>;
  /** A new demand for so much of each item. */
  want(lines: readonly (readonly [item: string, quantity: string])[], wholeOrNothing?: boolean): ClaimRequest;
  available(item: string): Promise<Readonly<Record<string, Decimal>>>;
}

export async function openTestStock(): Promise<TestStock> {
  const own = await testDatabase({ poolSize: 20 });
  const inventory = createInventory(own);
  let counter = 0;
  const next = (name: string): string => {
    counter += 1;
    return `${name}-${counter}`;
  };
  return {
    own,
    inventory,
    next,
    fresh: () => ({ key: next('key') }),
    stocked: async (places) => {
      const item = next('item');
      const levels = Object.entries(places).map(([site, onHand]) => ({
        item,
        site,
        unit: 'EA',
        onHand: decimal(onHand),
      }));
      await inventory.setLevels(levels);
      return item;
    },
    want: (lines, wholeOrNothing = false) => ({
      demand: next('demand'),
      wholeOrNothing,
      lines: lines.map(([item, quantity], index) => ({
        lineNumber: index + 1,
        item,
        quantity: decimal(quantity),
        unit: 'EA',
      })),
    }),
    available: async (item) =>
      Object.fromEntries((await inventory.availability([item])).map((at) => [at.site, at.available])),
  };
}

/** An answer line by line, e.g. `[['3@NORTH', 'short 1']]`. */
export const placesOf = ({ lines }: ClaimAnswer): readonly (readonly string[])[] =>
  lines.map(({ places, short }) => [
    ...places.map(({ site, quantity }) => `${quantity}@${site}`),
    ...(short === zero ? [] : [`short ${short}`]),
  ]);

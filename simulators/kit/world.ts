import { readFile } from 'node:fs/promises';
import { type Static, Type } from 'typebox';
import { decimalPattern } from '#model/kernel';
import { createCheck } from './validate.ts';

const closed = { additionalProperties: false } as const;
const Text = Type.String({ minLength: 1 });
const Amount = Type.String({ pattern: decimalPattern });

/** What the simulated systems and the real Tryton are seeded with, so that all of them tell the same story. */
export const World = Type.Object(
  {
    company: Text,
    currency: Type.Literal('GBP'),
    taxPercent: Type.Literal('20'),
    sites: Type.Array(Type.Object({ site: Text, name: Text }, closed), { minItems: 1 }),
    customers: Type.Array(
      Type.Object(
        {
          number: Text,
          name: Text,
          country: Text,
          currency: Text,
          creditLimit: Type.Optional(Amount),
          blocked: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    items: Type.Array(
      Type.Object(
        {
          item: Text,
          description: Type.String(),
          unit: Type.Literal('EA'),
          kind: Type.Union([Type.Literal('goods'), Type.Literal('charge')]),
          listPrice: Amount,
        },
        closed,
      ),
    ),
    prices: Type.Array(Type.Object({ customer: Text, item: Text, unitPrice: Amount }, closed)),
    stock: Type.Array(Type.Object({ item: Text, site: Text, quantity: Amount }, closed)),
  },
  closed,
);
export type World = Static<typeof World>;

const checkWorld = createCheck(World);

/** Names that stand twice, e.g. two items with one number. */
function repeated(path: string, keys: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const complaints: string[] = [];
  keys.forEach((key, index) => {
    if (seen.has(key)) complaints.push(`${path}/${index}: ${key} stands twice`);
    seen.add(key);
  });
  return complaints;
}

/** References that lead nowhere, e.g. a price of an item that the world does not have. */
function dangling(world: World): readonly string[] {
  const items = new Set(world.items.map(({ item }) => item));
  const customers = new Set(world.customers.map(({ number }) => number));
  const sites = new Set(world.sites.map(({ site }) => site));
  const missing = (known: ReadonlySet<string>, key: string, path: string, list: string) =>
    known.has(key) ? [] : [`${path}: ${key} is not in /${list}`];
  return [
    ...world.prices.flatMap((price, index) => [
      ...missing(items, price.item, `/prices/${index}/item`, 'items'),
      ...missing(customers, price.customer, `/prices/${index}/customer`, 'customers'),
    ]),
    ...world.stock.flatMap((level, index) => [
      ...missing(items, level.item, `/stock/${index}/item`, 'items'),
      ...missing(sites, level.site, `/stock/${index}/site`, 'sites'),
    ]),
  ];
}

const inconsistent = (world: World): readonly string[] => [
  ...repeated(
    '/sites',
    world.sites.map(({ site }) => site),
  ),
  ...repeated(
    '/customers',
    world.customers.map(({ number }) => number),
  ),
  ...repeated(
    '/items',
    world.items.map(({ item }) => item),
  ),
  ...repeated(
    '/prices',
    world.prices.map(({ customer, item }) => `${customer} ${item}`),
  ),
  ...repeated(
    '/stock',
    world.stock.map(({ item, site }) => `${item} ${site}`),
  ),
  ...dangling(world),
];

const most = 20;

function refuse(source: string, complaints: readonly string[]): never {
  const more = complaints.length > most ? [`… and ${complaints.length - most} more`] : [];
  throw new Error(`${source} is not a world:\n  ${[...complaints.slice(0, most), ...more].join('\n  ')}`);
}

/** Checks a parsed world. `source` names it in the error, which lists what is wrong with the path of each member. */
export function checkedWorld(input: unknown, source: string): World {
  const checked = checkWorld(input);
  if ('complaints' in checked) refuse(source, checked.complaints);
  const complaints = inconsistent(checked.value);
  if (complaints.length > 0) refuse(source, complaints);
  return checked.value;
}

/** Reads `world.json`. Throws an `Error` that names the file and every member that is wrong. */
export async function readWorld(file: string): Promise<World> {
  let input: unknown;
  try {
    input = JSON.parse(await readFile(file, 'utf8'));
  } catch (thrown) {
    throw new Error(`cannot read the world ${file}: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
  return checkedWorld(input, file);
}

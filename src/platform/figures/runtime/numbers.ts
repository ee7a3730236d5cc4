import type { ClientBase } from 'pg';
import { addNames, addSiteSet, namesOf, siteSets } from './sql/samples.ts';

/** By which figures and combinations of warehouses stand in samples. */
export interface Numbers {
  figure(name: string): number;
  siteSet(sites: readonly string[]): number;
}

/** No warehouse. */
export const noSites = 0;

const setName = (sites: readonly string[]): string => JSON.stringify(sites);

async function readNumbers(client: ClientBase) {
  const names = await client.query<{ id: number; name: string }>(namesOf);
  const sets = await client.query<{ id: number; sites: readonly string[] }>(siteSets);
  return {
    figures: new Map(names.rows.map(({ id, name }) => [name, id])),
    sets: new Map([[setName([]), noSites], ...sets.rows.map(({ id, sites }) => [setName(sites), id] as const)]),
  };
}

/** The numbers of everything that these samples name; what has none gets one. */
export async function numbersOf(
  client: ClientBase,
  samples: readonly { readonly figure: string; readonly sites: readonly string[] }[],
): Promise<Numbers> {
  let known = await readNumbers(client);
  const newNames = [...new Set(samples.map(({ figure }) => figure))].filter((name) => !known.figures.has(name));
  const newSets = [...new Set(samples.map(({ sites }) => setName(sites)))].filter((name) => !known.sets.has(name));
  if (newNames.length + newSets.length > 0) {
    if (newNames.length > 0) await client.query(addNames, [newNames]);
    for (const name of newSets) await client.query(addSiteSet, [JSON.parse(name)]);
    known = await readNumbers(client);
  }
  const numberIn = (numbers: ReadonlyMap<string, number>, name: string): number => {
    const number = numbers.get(name);
    if (number === undefined) throw new Error(`${name} has no number`);
    return number;
  };
  return {
    figure: (name) => numberIn(known.figures, name),
    siteSet: (sites) => numberIn(known.sets, setName(sites)),
  };
}

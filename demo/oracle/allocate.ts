import { Big } from 'big.js';
import { type Levels, type Plan, type Site, sites } from '../plan/plan.ts';
import type { ExpectedLine } from './expected.ts';

/** What the warehouses give an order. */
export interface Allocation {
  readonly places: readonly { readonly site: Site | 'any'; readonly lines: readonly ExpectedLine[] }[];
  readonly isShort: boolean;
}

/** Where the plan makes no exception both warehouses have plenty, and the north has more. */
const plenty = { NORTH: '2000000000', SOUTH: '1000000000' } as const;

/**
 * One warehouse that has everything; else line by line, the larger stock first. When both have everything it may be either:
 * the rules do not say which.
 */
export function allocate(lines: readonly ExpectedLine[], stock: Plan['stock']): Allocation {
  const level = (item: string, site: Site): Big => new Big((stock[item] ?? (plenty as unknown as Levels))[site]);
  const needs = new Map<string, Big>();
  for (const { item, quantity } of lines) needs.set(item, quantity.plus(needs.get(item) ?? 0));
  const complete = sites.filter((site) => [...needs].every(([item, quantity]) => level(item, site).gte(quantity)));
  const [only] = complete;
  if (lines.length === 0) return { places: [], isShort: false };
  if (only !== undefined) return { places: [{ site: complete.length > 1 ? 'any' : only, lines }], isShort: false };

  const taken = new Map<string, Big>();
  const places: Record<Site, ExpectedLine[]> = { NORTH: [], SOUTH: [] };
  let isShort = false;
  for (const { item, quantity, unitPrice } of lines) {
    let rest = quantity;
    const left = (site: Site): Big => level(item, site).minus(taken.get(`${site} ${item}`) ?? 0);
    for (const site of [...sites].sort((a, b) => left(b).cmp(left(a)))) {
      const part = left(site).lt(rest) ? left(site) : rest;
      if (part.lte(0)) continue;
      places[site].push({ item, quantity: part, unitPrice });
      taken.set(`${site} ${item}`, part.plus(taken.get(`${site} ${item}`) ?? 0));
      rest = rest.minus(part);
    }
    isShort ||= rest.gt(0);
  }
  const used = sites.filter((site) => places[site].length > 0);
  return { places: used.map((site) => ({ site, lines: places[site] })), isShort };
}

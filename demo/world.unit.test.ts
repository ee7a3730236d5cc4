import { beforeAll, describe, expect, test } from 'vitest';
import { checkedWorld } from '../simulators/kit/index.ts';
import type { Day } from './day/day.ts';
import { readDay } from './day/read-day.ts';
import { carriedDay } from './options.ts';
import { makePlan } from './plan/make-plan.ts';
import { makeWorld } from './world.ts';

let day: Day;
beforeAll(async () => {
  const read = await readDay(carriedDay);
  if (!read.ok) throw new Error('the sample cannot be read');
  day = read.value;
});

describe('the world of a plan', () => {
  test.each([60, 418, 900])('of %i orders is one that the simulators take', (orders) => {
    expect(() => checkedWorld(makeWorld(makePlan(day, { seed: 3, orders })), 'world')).not.toThrow();
  });

  test('holds the customers, articles and charges of the day', () => {
    const world = makeWorld(makePlan(day, { seed: 1 }));
    expect(world.items.find(({ item }) => item === '85123A')).toMatchObject({ kind: 'goods', listPrice: '2.55' });
    expect(
      world.items
        .filter(({ kind }) => kind === 'charge')
        .map(({ item }) => item)
        .sort(),
    ).toEqual(['BANK CHARGES', 'C2', 'D', 'DOT', 'M', 'POST']);
    expect(world.customers.find(({ number }) => number === '17850')).toMatchObject({ country: 'GB' });
  });

  test('does not know the item that an incident has the sender mistype', () => {
    const plan = makePlan(day, { seed: 1, orders: 200 });
    const mistyped = plan.orders.find(({ incident }) => incident?.kind === 'unknown-item');
    const item = mistyped?.submission.lines[mistyped.incident?.line ?? -1]?.item;
    expect(item).toBeDefined();
    expect(makeWorld(plan).items.filter((known) => known.item === item)).toEqual([]);
  });

  test('has plenty of everything else in both warehouses, and more in the north after the whole day', () => {
    const plan = makePlan(day, { seed: 1 });
    const world = makeWorld(plan);
    const levels = (item: string) =>
      world.stock.filter((level) => level.item === item).map(({ quantity }) => Number(quantity));
    const demand = plan.orders
      .flatMap(({ submission }) => submission.lines)
      .filter(({ item }) => item === '85123A')
      .reduce((sum, { quantity }) => sum + Math.abs(Number(quantity)), 0);
    const [north = 0, south = 0] = levels('85123A');
    expect(south).toBeGreaterThan(demand);
    expect(north - demand).toBeGreaterThan(south);
  });
});

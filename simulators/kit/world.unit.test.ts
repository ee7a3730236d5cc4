import { describe, expect, test } from 'vitest';
import { smallWorld } from './small-world.ts';
import { checkedWorld, readWorld } from './world.ts';

const copy = () => structuredClone(smallWorld) as never as Record<string, Record<string, unknown>[]>;

describe('a world', () => {
  test('that is right comes back as it is', () => {
    expect(checkedWorld(smallWorld, 'world.json')).toEqual(smallWorld);
  });

  test('with wrong members is refused with every path', () => {
    const { stock: _, ...world } = copy();
    const wrong = { ...world, currency: 'EUR', colour: 'red' };
    expect(() => checkedWorld(wrong, 'world.json')).toThrow(/\/stock: is missing/);
    expect(() => checkedWorld(wrong, 'world.json')).toThrow(/\/colour: is not known here/);
    expect(() => checkedWorld(wrong, 'world.json')).toThrow(/\/currency: must be/);
  });

  test('with a price that is a number is refused: amounts are text', () => {
    const world = copy();
    Object.assign(world.prices?.[0] ?? {}, { unitPrice: 2.55 });
    expect(() => checkedWorld(world, 'world.json')).toThrow(/\/prices\/0\/unitPrice: must be/);
  });

  test('with references that lead nowhere or items that stand twice is refused', () => {
    const world = copy();
    world.stock?.push({ item: 'NOPE', site: 'EAST', quantity: '1' });
    world.items?.push({ ...world.items[0] });
    expect(() => checkedWorld(world, 'world.json')).toThrow(/\/stock\/2\/item: NOPE is not in \/items/);
    expect(() => checkedWorld(world, 'world.json')).toThrow(/\/stock\/2\/site: EAST is not in \/sites/);
    expect(() => checkedWorld(world, 'world.json')).toThrow(/\/items\/3: 85123A stands twice/);
  });

  test('that is not there is an error with the file name', async () => {
    await expect(readWorld('/nowhere/world.json')).rejects.toThrow(/cannot read the world \/nowhere\/world.json/);
  });
});

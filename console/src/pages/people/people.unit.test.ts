import { expect, test } from 'vitest';
import { sitesOf } from './person.ts';

test('warehouses are written beside each other, and none means all', () => {
  expect(sitesOf(' NORTH, SOUTH;NORTH ')).toEqual(['NORTH', 'SOUTH']);
  expect([sitesOf(''), sitesOf(' , ')]).toEqual([undefined, undefined]);
});

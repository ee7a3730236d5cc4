import { expect, test } from 'vitest';
import { seedFrom } from './seed.ts';

test('the seed is always the same, unless another is asked for', () => {
  expect([seedFrom(undefined), seedFrom('')]).toEqual([5, 5]);
  expect([seedFrom('7'), seedFrom('0')]).toEqual([7, 0]);
});

test.each(['x', '-1', '1.5', '12345678901'])('%s is no seed, and it is said what to give', (asked) => {
  expect(() => seedFrom(asked)).toThrow('give a whole number');
});

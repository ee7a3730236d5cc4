import { expect, test } from 'vitest';
import { settle } from './settle.ts';

const looks = (...all: readonly (readonly [size: number, isWell: boolean])[]) => {
  let at = 0;
  return async () => {
    const [size, isWell] = all[Math.min(at, all.length - 1)] ?? [0, true];
    at += 1;
    return { evidence: at, size, isWell };
  };
};

test('what is well and quiet is taken at the second look', async () => {
  expect(await settle(looks([5, true]), { quietMs: 1 })).toBe(2);
});

test('what still grows is looked at again, though all is well', async () => {
  expect(await settle(looks([5, true], [6, true], [6, true]), { quietMs: 1 })).toBe(3);
});

test('what is missing gets its time, and no more', async () => {
  expect(await settle(looks([5, false], [5, false], [6, true], [6, true]), { quietMs: 1 })).toBe(4);
  expect(await settle(looks([5, false]), { quietMs: 5, atMostMs: 12 })).toBeLessThan(6);
});

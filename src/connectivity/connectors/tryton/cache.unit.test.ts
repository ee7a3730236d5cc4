import { expect, test } from 'vitest';
import { createCache } from './cache.ts';

test('what was learned is kept for its lifetime and asked again afterwards', async () => {
  let now = 0;
  let asked = 0;
  const cache = createCache<number>(100, () => now);
  const learn = async () => {
    asked += 1;
    return asked;
  };
  expect(await cache.get('a', learn)).toBe(1);
  now = 99;
  expect(await cache.get('a', learn)).toBe(1);
  now = 100;
  expect(await cache.get('a', learn)).toBe(2);
});

test('who asks at the same time asks once', async () => {
  let asked = 0;
  const cache = createCache<string>(100);
  const learn = async () => {
    asked += 1;
    return 'known';
  };
  expect(await Promise.all([cache.get('a', learn), cache.get('a', learn)])).toEqual(['known', 'known']);
  expect(asked).toBe(1);
});

test('a failure, and what is not there, are not kept', async () => {
  const cache = createCache<string>(100);
  await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await cache.get('a', async () => undefined)).toBeUndefined();
  expect(await cache.get('a', async () => 'there')).toBe('there');
});

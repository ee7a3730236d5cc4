import { expect, test } from 'vitest';
import { createRecentMap } from './recent-map.ts';

test('a recent map keeps what was touched last and forgets the rest', () => {
  const recent = createRecentMap<number>(3);
  for (let name = 0; name < 100; name += 1) {
    recent.set(String(name), name);
    recent.get('0');
  }
  expect(recent.get('0')).toBe(0);
  expect(['99', '98'].map(recent.get)).toEqual([99, 98]);
  expect(recent.get('50')).toBeUndefined();
  recent.delete('0');
  expect(recent.get('0')).toBeUndefined();
});

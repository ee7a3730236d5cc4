import { describe, expect, test } from 'vitest';
import { like } from './like.ts';

describe('a pattern', () => {
  test.each([
    ['order-%', 'order-100001', true],
    ['order-%', 'Order-100001', false],
    ['100_01', '100501', true],
    ['100_01', '1005501', false],
    ['a.c', 'abc', false],
    ['50\\%', '50%', true],
    ['50\\%', '501', false],
    ['', '', true],
    ['%', 'two\nlines', true],
  ])('%s against %s', (pattern, text, matches) => {
    expect(like(pattern, false)(text)).toBe(matches);
  });

  test('may look away from case', () => {
    expect(like('ORDER%', true)('order-1')).toBe(true);
  });

  test('never finds nothing', () => {
    expect(like('%', false)(null)).toBe(false);
  });
});

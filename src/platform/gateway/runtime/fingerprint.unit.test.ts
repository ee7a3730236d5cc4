import { expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

test('a fingerprint is of the meaning: the order of members is nothing, everything else is', () => {
  const of = (body: unknown) => fingerprint('POST', '/a', body);
  expect(of({ a: 1, b: [1, { c: null, d: 'x' }] })).toBe(of({ b: [1, { d: 'x', c: null }], a: 1 }));
  const others = [
    { a: 1 },
    { a: '1' },
    { a: [1] },
    [{ a: 1 }],
    { a: 1, b: null },
    {},
    null,
    undefined,
    [1, 2],
    [2, 1],
    '1,2',
  ];
  expect(new Set(others.map(of)).size).toBe(others.length);
  expect(fingerprint('POST', '/b', {})).not.toBe(of({}));
  expect(fingerprint('PUT', '/a', {})).not.toBe(of({}));
});

import { expect, test } from 'vitest';
import { traceIdOf } from './trace-id.ts';

test('a trace id is 16 bytes of SHA-256 of the root flow and its key, whoever works it out', () => {
  // printf order-to-cash/100001 | sha256sum
  expect(traceIdOf('order-to-cash', '100001')).toBe('58e4bf4ee19268b9d393c491b3cc3a6f');
  expect(traceIdOf('order-to-cash', '100002')).not.toBe(traceIdOf('order-to-cash', '100001'));
});

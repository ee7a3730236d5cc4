import { describe, expect, test } from 'vitest';
import { type Change, payloadsOf, readPayload } from './change-line.ts';

const changes = (count: number, key: (n: number) => string): readonly Change[] =>
  Array.from({ length: count }, (_, n) => ({ flow: 'errand', key: key(n), rootKey: key(n), sites: ['NORTH'] }));

describe('notices of what was written', () => {
  test('come back as they were, in as many payloads as the database takes', () => {
    const told = changes(500, (n) => `${100_000 + n}-Süd-${n}`);
    const payloads = payloadsOf(told);
    expect(payloads.length).toBeGreaterThan(1);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(7_900);
    const back = payloads.map(readPayload).flatMap((part) => (part === 'many' ? [] : part));
    expect(back).toEqual(told);
  });

  test('that are too many to name say so', () => {
    expect(payloadsOf(changes(5_000, (n) => `order-${n}`))).toEqual(['many']);
    expect(payloadsOf(changes(1, () => 'x'.repeat(8_000)))).toEqual(['many']);
    expect(readPayload('many')).toBe('many');
  });
});

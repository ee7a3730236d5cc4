import { expect, test } from 'vitest';
import { spanIdOf } from './span-id.ts';

const subject = { run: 'order-to-cash/100001', kind: 'effect', name: 'book-in-erp', occurrence: '1.1-NORTH' };

test('a span id is 8 bytes, and another for another run, kind, name or occurrence', () => {
  const others = [
    { ...subject, run: 'order-to-cash/100002' },
    { ...subject, kind: 'state' },
    { ...subject, name: 'check-prices' },
    { ...subject, occurrence: '1.2-NORTH' },
  ];
  const ids = [subject, { ...subject }, ...others].map(spanIdOf);
  expect(ids.every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(5);
});

import { expect, test } from 'vitest';
import { longId, recordId } from './record-id.ts';

test('an id of 15 characters and its form of 18 are the same record', () => {
  // The pair is in the vendor's public documentation of ids.
  expect(longId('00530000003xqAb')).toBe('00530000003xqAbAAI');
  const id = recordId('006', 7);
  expect(id).toHaveLength(18);
  expect(longId(id.slice(0, 15))).toBe(id);
});

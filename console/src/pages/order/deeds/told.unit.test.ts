import { expect, test } from 'vitest';
import { outcomeOf, verdictWords } from './told.ts';

test('an answer that says who asked waits for another person; any other is the order', () => {
  const approval = { id: 'a', askedBy: 'person:olga', summary: 'Release 1-N-1 again.', state: 'pending' };
  expect(outcomeOf(approval)).toEqual({ kind: 'approval', summary: 'Release 1-N-1 again.' });
  expect(outcomeOf({ orderNumber: '1', state: 'held' })).toMatchObject({ kind: 'done', order: { orderNumber: '1' } });
});

test('nobody is told that a change was made while the warehouses are asked', () => {
  expect(verdictWords('change', 'pending')).toMatch(/warehouses are asked/);
  expect(verdictWords('change', 'accepted')).toBe('the change was made.');
  expect(verdictWords('cancellation', 'partly')).toMatch(/in part/);
});

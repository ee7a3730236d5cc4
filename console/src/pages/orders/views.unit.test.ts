import { expect, test } from 'vitest';
import { changeTo, isAt, questionOf, views } from './views.ts';

test('each view is at its own address and at no other’s', () => {
  for (const view of views) {
    const address = { search: 'INV', ...changeTo(view) };
    expect(views.filter((other) => isAt(other, address)).map(({ title }) => title)).toEqual([view.title]);
  }
});

test('going to a view takes the one before away and leaves what else the list is narrowed to', () => {
  const [, , held] = views;
  if (held === undefined) throw new Error('no view');
  const address = { customer: '42', phase: 'ended', ...changeTo(held) };
  expect(questionOf(address)).toEqual({ customer: '42', state: 'held' });
});

test('only what the API knows is asked, and nothing that is empty', () => {
  expect(questionOf({ search: '', theme: 'dark', sort: 'due' })).toEqual({ sort: 'due' });
});

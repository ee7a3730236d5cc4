import { expect, test } from 'vitest';
import { defineFlow } from './define-flow.ts';
import { arrowsOf, drawFlow } from './describe-flow.ts';
import { minutes } from './duration.ts';
import { deadline } from './event.ts';
import { when } from './flow.ts';

const Asked = { name: 'thing.asked' };
const Left = { name: 'thing.left-alone' };

interface Doc {
  readonly isWanted: boolean;
}
const thing = defineFlow<{ waiting: Doc; judging: Doc; wanted: Doc; forgotten: Doc }>()({
  name: 'thing',
  version: 1,
  start: 'waiting',
  begin: (): Doc => ({ isWanted: true }),
  states: {
    waiting: {
      means: 'It waits.',
      within: minutes(5),
      on: [
        when(Asked, { if: ({ isWanted }) => isWanted, to: 'judging' }),
        when(Asked, { to: 'judging' }),
        when(Left, { unwindTo: 'forgotten' }),
        when(deadline, { to: 'judging' }),
      ],
    },
    judging: { means: 'Wanted?', choose: [{ if: ({ isWanted }) => isWanted, to: 'wanted' }, { to: 'forgotten' }] },
    wanted: { means: 'It is wanted.', ends: 'completed' },
    forgotten: { means: 'It is not.', ends: 'cancelled' },
  },
  result: () => undefined,
});

test('a flow has one arrow between two states, with every event that leads there', () => {
  expect(arrowsOf(thing.table)).toEqual([
    { from: 'waiting', to: 'judging', on: ['thing asked', 'deadline'], undoing: false },
    { from: 'waiting', to: 'forgotten', on: ['thing left alone'], undoing: true },
    { from: 'judging', to: 'wanted', on: [], undoing: false },
    { from: 'judging', to: 'forgotten', on: [], undoing: false },
  ]);
});

test('the drawing says the same, line by line', () => {
  expect(drawFlow(thing.table).split('\n')).toEqual([
    'stateDiagram-v2',
    '  state judging <<choice>>',
    '  [*] --> waiting',
    '  waiting --> judging: thing asked',
    '  waiting --> forgotten: thing left alone, undoing',
    '  waiting --> judging: deadline',
    '  judging --> wanted',
    '  judging --> forgotten',
    '  wanted --> [*]',
    '  forgotten --> [*]',
  ]);
});

import { expect, test } from 'vitest';
import type { FlowPicture } from '../answers.ts';
import { nowOf } from './now-of.ts';

const picture = (key: string, more: Partial<FlowPicture>): FlowPicture => ({
  flow: key.includes('-') ? 'fulfilment' : 'order-to-cash',
  key,
  version: 1,
  start: 'a',
  state: 'a',
  phase: 'forward',
  enteredAt: '2026-01-01T10:00:00Z',
  waitsFor: [],
  states: [{ name: 'a', means: 'It is there.', kind: 'waiting', runs: [], visits: 1, seconds: 0 }],
  arrows: [],
  path: [],
  ...more,
});

test('what open fulfilments wait for says more than that the order waits for them; ended ones say nothing', () => {
  const now = nowOf(
    [
      picture('1', { waitsFor: ['its fulfilments'], deadline: { at: '2026-01-03T00:00:00Z', consequence: 'A case.' } }),
      picture('1-N-1', {
        waitsFor: ['the warehouse to ship'],
        deadline: { at: '2026-01-02T00:00:00Z', consequence: 'It is asked.' },
      }),
      picture('1-S-1', { phase: 'ended', waitsFor: ['nothing'] }),
    ],
    '1',
  );
  expect(now.waitsFor).toEqual(['the warehouse to ship']);
  expect(now.deadlines.map(({ key }) => key)).toEqual(['1-N-1', '1']);
  expect(now.within).toEqual([{ key: '1-N-1', means: 'It is there.' }]);
});

test('an order without fulfilments tells by itself', () => {
  const now = nowOf([picture('1', { waitsFor: ['a person'] })], '1');
  expect(now).toMatchObject({ since: '2026-01-01T10:00:00Z', waitsFor: ['a person'], within: [] });
});

import { expect, test } from 'vitest';
import { readOptions } from './options.ts';

const names = { scenarios: ['S01', 'S09'], bugs: ['no-key'] };
const read = (...words: readonly string[]) => readOptions(words, names);

test('everything has a default; the seed is by the clock', () => {
  expect(read()).toMatchObject({ ok: true, value: { nodes: 2, isShort: false, withTryton: false, seededBugs: false } });
});

test('what is asked for is read', () => {
  expect(read('--only', 'S01,S09', '--seed', '7', '--report', 'out.json', '--short', '--nodes', '3')).toEqual({
    ok: true,
    value: {
      only: ['S01', 'S09'],
      seed: 7,
      report: 'out.json',
      isShort: true,
      nodes: 3,
      withTryton: false,
      seededBugs: false,
    },
  });
  expect(read('--seeded-bugs', '--only', 'no-key')).toMatchObject({ value: { seededBugs: true, only: ['no-key'] } });
});

test.each([
  [['--only', 'S77'], 'there is no S77; there are S01, S09'],
  [['--only', ''], 'there is no name in it'],
  [['--seeded-bugs', '--only', 'S01'], 'there is no S01; there are no-key'],
  [['--seed', 'x'], '--seed x: give a whole number'],
  [['--nodes', '0'], '--nodes 0: give a whole number from 1 to 8'],
  [['--quick'], "Unknown option '--quick'"],
])('%j is refused with what to do', (words, what) => {
  const answer = read(...words);
  expect(answer.ok ? '' : answer.failures.join('\n')).toContain(what);
});

import { describe, expect, test } from 'vitest';
import { benchArguments } from './bench-arguments.ts';

const known = { flows: ['P1', 'P2'], profile: [] };

describe('the command line of the bench', () => {
  test('has five rounds of four seconds when nothing is said', () => {
    expect(benchArguments(['flows'], known)).toEqual({
      command: 'flows',
      rounds: 5,
      seconds: 4,
      only: [],
      loaded: false,
    });
  });

  test('takes all that may be said', () => {
    const given = ['flows', '--json', 'x.json', '--rounds', '2', '--seconds', '1.5', '--only', 'P1,P2', '--loaded'];
    expect(benchArguments(given, known)).toMatchObject({
      json: 'x.json',
      rounds: 2,
      seconds: 1.5,
      only: ['P1', 'P2'],
      loaded: true,
    });
  });

  test.each([
    [[], 'say what to run'],
    [['other'], 'say what to run'],
    [['flows', 'more'], 'say what to run'],
    [['flows', '--rounds', '0'], '--rounds'],
    [['flows', '--rounds', '1.5'], '--rounds must be a whole number'],
    [['flows', '--seconds', 'x'], '--seconds'],
    [['flows', '--only', 'P9'], '--only P9: flows measures P1, P2'],
    [['flows', '--fast'], '--fast'],
  ])('%j is refused', (given, because) => {
    expect(() => benchArguments(given, known)).toThrow(because);
  });
});

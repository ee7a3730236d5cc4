import { describe, expect, test } from 'vitest';
import { actsOf, firstOf } from './act-list.ts';

const everything = ['cases:work', 'cases:decide'];
const may = (action: string, because?: string) => ({
  action: action as 'retry',
  allowed: because === undefined,
  ...(because === undefined ? {} : { because }),
});

describe('the acts of a case', () => {
  test('say why not: what the case does not allow, and what one may not', () => {
    const acts = actsOf([may('note'), may('skip'), may('retry', 'It was refused for good.')], ['cases:work']);
    expect(acts.map(({ action, because }) => [action, because])).toEqual([
      ['retry', 'It was refused for good.'],
      ['skip', 'It wants the scope cases:decide.'],
      ['note', undefined],
    ]);
  });

  test('never put giving up or closing first', () => {
    expect(firstOf(actsOf([may('compensate'), may('close'), may('note')], everything))).toBeUndefined();
    expect(firstOf(actsOf([may('compensate'), may('skip')], everything))).toBe('skip');
  });
});

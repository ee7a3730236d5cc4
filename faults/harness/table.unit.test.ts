import { expect, test } from 'vitest';
import { isGood } from './table.ts';

test.each([
  [[], false],
  [['not run'], false],
  [['not run', 'passed'], true],
  [['passed', 'failed'], false],
] as const)('a run of %j is good: %s', (verdicts, good) => {
  expect(isGood(verdicts.map((verdict) => ({ verdict })))).toBe(good);
});

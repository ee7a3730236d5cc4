import { expect, test } from 'vitest';
import { type CpuProfile, summariseProfile } from './summarise-profile.ts';

const node = (id: number, functionName: string, children: readonly number[] = []): CpuProfile['nodes'][number] => ({
  id,
  callFrame: { functionName, url: functionName === '(root)' ? '' : 'file:///here/src/a.ts', lineNumber: 4 },
  children,
});

test('time is summed by function: its own, and with all that it calls, once where it calls itself', () => {
  // Given outer, which calls inner, which calls outer again,
  const profile: CpuProfile = {
    nodes: [node(1, '(root)', [2]), node(2, 'outer', [3]), node(3, 'inner', [4]), node(4, 'outer')],
    samples: [2, 3, 4, 3],
    timeDeltas: [1_000, 2_000, 3_000, 4_000],
  };
  // then inner has its own six milliseconds and outer's three below it, and outer all ten once.
  expect(summariseProfile(profile, '/here')).toEqual([
    { where: 'inner src/a.ts:5', selfMs: 6, totalMs: 9 },
    { where: 'outer src/a.ts:5', selfMs: 4, totalMs: 10 },
    { where: '(root)', selfMs: 0, totalMs: 10 },
  ]);
});

import { expect, test } from 'vitest';
import { parseStat } from './process-cpu.ts';

test('a process whose name holds blanks and brackets is read all the same', () => {
  // Given a line of /proc/<pid>/stat with 250 ticks of its own and 30 of its ended children,
  const line = '42 (postgres: (a) b) S 7 42 42 0 -1 4194560 0 0 0 0 200 50 20 10 20 0 1 0 100 0 0';
  // then a tick is ten milliseconds.
  expect(parseStat(line)).toEqual({ parent: 7, ownMs: 2_500, endedMs: 300 });
});

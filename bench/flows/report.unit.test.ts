import { expect, test } from 'vitest';
import { measureOf, notRun } from './measure.ts';
import { contendersTable, measuresTable } from './report.ts';
import type { Window } from './window.ts';

const window = (contender: string, flowsPerSecond: number): Window => ({
  contender,
  flows: 100,
  flowsPerSecond,
  endedPerSecond: flowsPerSecond,
  p50: 10,
  p95: 20,
  p99: 30,
  cpuMsPerFlow: 2,
  ownCpuMsPerFlow: 1,
  residentMegabytes: 200,
  fsyncsPerFlow: 0.25,
  walBytesPerFlow: 36_000,
});

test('the table of contenders shows medians, and no writes of the one that writes nothing', () => {
  const text = contendersTable(
    new Map([
      ['crossdock', [window('crossdock', 100), window('crossdock', 300), window('crossdock', 200)]],
      ['undurable', [window('undurable', 500)]],
    ]),
  );
  const [, , ours, theirs] = text.split('\n');
  expect(ours).toMatch(/^crossdock +200\.0 .* 0\.250 +36000 +4000$/);
  expect(theirs).toMatch(/^undurable +500\.0 .* – +– +–$/);
});

test('the table of ratios says what was met, missed and not run', () => {
  const about = { measure: 'P2', what: 'orders', against: 'hand-written', fsync: 'native', unit: 'flows/s' } as const;
  const target = { atLeast: 1.2 };
  const text = measuresTable([
    measureOf({ ...about, target }, [130], [100]),
    measureOf({ ...about, target }, [110], [100]),
    notRun({ ...about, target }, 'no compiler'),
  ]);
  const lines = text.split('\n').slice(2);
  expect(lines.map((line) => line.split(/ {2,}/).at(-1))).toEqual([
    'met',
    'missed',
    'not run',
    'P2 (native, against hand-written): not run: no compiler',
  ]);
});

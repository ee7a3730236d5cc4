import { median } from '../kit/statistics.ts';
import { textTable } from '../kit/text-table.ts';
import { advancesPerFlow } from './contender.ts';
import type { Measure } from './measure.ts';
import type { Rounds } from './rounds.ts';
import type { Window } from './window.ts';

const columns: readonly { readonly title: string; readonly of: (window: Window) => number; readonly places: number }[] =
  [
    { title: 'flows/s', of: ({ flowsPerSecond }) => flowsPerSecond, places: 1 },
    { title: 'p50 ms', of: ({ p50 }) => p50, places: 1 },
    { title: 'p95 ms', of: ({ p95 }) => p95, places: 1 },
    { title: 'p99 ms', of: ({ p99 }) => p99, places: 1 },
    { title: 'cpu ms/flow', of: ({ cpuMsPerFlow }) => cpuMsPerFlow, places: 2 },
    { title: 'own cpu', of: ({ ownCpuMsPerFlow }) => ownCpuMsPerFlow, places: 2 },
    { title: 'MB', of: ({ residentMegabytes }) => residentMegabytes, places: 0 },
    { title: 'fsyncs/order', of: ({ fsyncsPerFlow }) => fsyncsPerFlow, places: 3 },
    { title: 'WAL B/order', of: ({ walBytesPerFlow }) => walBytesPerFlow, places: 0 },
    { title: 'WAL B/advance', of: ({ walBytesPerFlow }) => walBytesPerFlow / advancesPerFlow, places: 0 },
  ];

/** Every contender's medians over its rounds. The undurable one's writes are the server's own and are left out. */
export function contendersTable(rounds: Rounds): string {
  const rows = [...rounds].map(([name, windows]) => [
    name,
    ...columns.map(({ title, of, places }) => {
      const isWrite = title.startsWith('fsyncs') || title.startsWith('WAL');
      return isWrite && name.startsWith('undurable') ? '–' : median(windows.map(of)).toFixed(places);
    }),
  ]);
  return textTable(['', ...columns.map(({ title }) => title)], rows);
}

const targetOf = ({ target }: Measure): string =>
  'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;

function verdict({ met }: Measure): string {
  if (met === null) return 'not run';
  return met ? 'met' : 'missed';
}

/** The ratios against their targets. */
export function measuresTable(measures: readonly Measure[]): string {
  const figure = (value: number | null): string => (value === null ? '–' : String(value));
  const rows = measures.map((measure) => [
    measure.measure,
    measure.what,
    measure.against,
    measure.fsync,
    figure(measure.ours),
    figure(measure.theirs),
    measure.unit,
    figure(measure.ratio),
    targetOf(measure),
    verdict(measure),
  ]);
  const notes = measures.flatMap(({ measure, fsync, against, note }) =>
    note === undefined ? [] : [`${measure} (${fsync}, against ${against}): ${note}`],
  );
  const table = textTable(['', 'what', 'against', 'fsync', 'ours', 'theirs', 'unit', 'ratio', 'target', ''], rows);
  return [table, ...notes].join('\n');
}

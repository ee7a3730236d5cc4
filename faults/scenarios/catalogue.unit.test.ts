import { expect, test } from 'vitest';
import { outcomeOfNotRun } from '../harness/run-scenario.ts';
import { outcomeTable } from '../harness/table.ts';
import { scenarios } from './index.ts';
import { notRun } from './not-run.ts';

/** Rows of the catalogue that the harness is to break; S37 and S38 belong to what is not built yet. */
const catalogue = [...Array.from({ length: 36 }, (_, place) => place + 1), 39].map(
  (row) => `S${String(row).padStart(2, '0')}`,
);
const built = scenarios.map(({ id }) => id);

test.each(catalogue)('%s is a scenario, or is listed as not run, and not both', (id) => {
  const isNotRun = notRun.some((one) => one.id === id);
  expect(built.includes(id) !== isNotRun).toBe(true);
});

test('names are given once', () => {
  expect(new Set(built).size).toBe(built.length);
});

test.each(notRun)('$id says why it is not run, where it is read', (one) => {
  expect(one.because.length).toBeGreaterThan(20);
  const table = outcomeTable([outcomeOfNotRun(one, 1)]).join('\n');
  expect(table).toContain(`${one.id} not run: ${one.because}`);
});

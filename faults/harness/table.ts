import type { Outcome } from './run-scenario.ts';

const heads = [
  'scenario',
  'seeds',
  'acknowledged',
  'faults fired',
  'lost',
  'doubled',
  'parked',
  'recovery s',
  'took s',
  '',
];

const nameOf = ({ scenario, erp }: Outcome): string => (erp === 'tryton' ? `${scenario} tryton` : scenario);

const cells = (outcome: Outcome): readonly string[] => {
  const { seed, acknowledged, fired, lost, doubled, parked, recoverySeconds, seconds, verdict } = outcome;
  if (verdict === 'not run') return [nameOf(outcome), '', '', '', '', '', '', '', '', verdict];
  const figures = [acknowledged, fired, lost, doubled, parked, recoverySeconds, seconds];
  return [nameOf(outcome), String(seed), ...figures.map(String), verdict];
};

/** The outcomes as a table, and below it why each failed or did not run. */
export function outcomeTable(outcomes: readonly Outcome[]): readonly string[] {
  const rows = [heads, ...outcomes.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const reasons = outcomes.flatMap((outcome) =>
    outcome.findings.map((finding) => `${nameOf(outcome)} ${outcome.verdict}: ${finding}`),
  );
  return reasons.length === 0 ? lines : [...lines, '', ...reasons];
}

/** Whether a run may be called good: something was judged, and nothing failed. What was not run is no proof of anything. */
export const isGood = (outcomes: readonly Pick<Outcome, 'verdict'>[]): boolean =>
  outcomes.some(({ verdict }) => verdict === 'passed') && outcomes.every(({ verdict }) => verdict !== 'failed');

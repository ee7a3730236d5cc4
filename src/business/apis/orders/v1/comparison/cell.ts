import type { Comparison } from '../comparison-schema.ts';
import type { Progress } from './progress.ts';

export type Row = Comparison['rows'][number];
export type Cell = Row['cells'][number];
export type CellStanding = Cell['standing'];

const severity: readonly CellStanding[] = ['agrees', 'in-flight', 'silent', 'differs'];

/** Of a value that is another than ours: why it may be. `settled`: nothing is under way that would mend it. */
export const standingOf: Readonly<Record<Progress, CellStanding>> = {
  settled: 'differs',
  'in-flight': 'in-flight',
  silent: 'silent',
  stuck: 'differs',
};

/** A value beside ours. */
export const judged = (isSame: boolean, progress: Progress): CellStanding => (isSame ? 'agrees' : standingOf[progress]);

export const worstOf = (standings: readonly CellStanding[]): CellStanding =>
  standings.reduce<CellStanding>(
    (found, each) => (severity.indexOf(each) > severity.indexOf(found) ? each : found),
    'agrees',
  );

interface Said {
  readonly value?: string | undefined;
  readonly standing?: CellStanding;
  readonly asOf?: string | undefined;
  readonly source?: string | undefined;
}

/** What a system says; of what is not given it has said nothing. */
export const cell = (system: string, { value, standing = 'agrees', asOf, source }: Said): Cell => ({
  system,
  ...(value === undefined || value === '' ? {} : { value }),
  ...(asOf === undefined ? {} : { asOf }),
  ...(source === undefined ? {} : { source }),
  standing,
});

/** A row agrees when nobody says anything else for good: what is in flight is not a quarrel. */
export const row = (property: string, cells: readonly Cell[], line?: number): Row => ({
  property,
  ...(line === undefined ? {} : { line }),
  agrees: cells.every(({ standing }) => standing === 'agrees' || standing === 'in-flight'),
  cells: [...cells],
});

/** Our own books. */
export const ourselves = 'crossdock';

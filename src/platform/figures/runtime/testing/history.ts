import type { Database } from '#platform/storage';
import type { Course, FigureBook, FigureDescription, FigureSet } from '../../index.ts';
import { oneFigure, secondsBetween } from '../../index.ts';

/** A run as a test puts it there. */
export interface HistoryRun {
  readonly id: string;
  readonly key: string;
  readonly flow?: string;
  /** The key of the run that it belongs to. */
  readonly root?: string;
  readonly startedAt: string;
  /** Absent: it goes on, in its last state. */
  readonly endedAt?: string;
  readonly ending?: string;
  readonly sites?: readonly string[];
  /** Times at which it moved from `working` to `waiting`, `working`, … */
  readonly moves?: readonly string[];
  /** Moments at which an effect failed. */
  readonly failures?: readonly string[];
}

export interface HistoryCase {
  readonly id: string;
  readonly run?: HistoryRun;
  readonly openedAt: string;
  readonly closedAt?: string;
  readonly cause?: string;
}

const stateAt = (visit: number): string => (visit % 2 === 1 ? 'working' : 'waiting');

/** Writes a run as `#platform/progress` and the engine would; the same run again replaces it. */
export async function putRun({ pool }: Pick<Database, 'pool'>, run: HistoryRun): Promise<void> {
  const {
    id,
    key,
    flow = 'job',
    root,
    startedAt,
    endedAt,
    ending = 'completed',
    sites = [],
    moves = [],
    failures = [],
  } = run;
  const enteredAt = endedAt ?? moves.at(-1) ?? startedAt;
  const visit = moves.length + 1 + (endedAt === undefined ? 0 : 1);
  await pool.query(
    `insert into standing (run_id, flow, key, root_flow, root_key, version, state, visit, phase, ending, started_at, entered_at,
       updated_at, sites, shows)
     values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $11, $12, '{}')
     on conflict (run_id) do update set state = excluded.state, visit = excluded.visit, phase = excluded.phase,
       ending = excluded.ending, entered_at = excluded.entered_at, sites = excluded.sites`,
    [
      ...[id, flow, key, root === undefined ? null : 'job', root ?? null],
      ...[endedAt === undefined ? stateAt(visit) : 'done', visit, endedAt === undefined ? 'forward' : 'ended'],
      ...[endedAt === undefined ? null : ending, startedAt, enteredAt, sites],
    ],
  );
  const left = [...moves, ...(endedAt === undefined ? [] : [endedAt])];
  await pool.query('delete from stay where run_id = $1', [id]);
  await pool.query(
    `insert into stay (run_id, visit, flow, state, entered_at, left_at, moved_to)
     select $1, v.n, $2, v.state, v.entered_at, v.left_at, 'next'
     from unnest($3::int[], $4::text[], $5::timestamptz[], $6::timestamptz[]) as v (n, state, entered_at, left_at)`,
    [
      id,
      flow,
      left.map((_, n) => n + 1),
      left.map((_, n) => stateAt(n + 1)),
      [startedAt, ...left].slice(0, left.length),
      left,
    ],
  );
  await pool.query('delete from journal where run_id = $1', [id]);
  for (const [n, at] of failures.entries()) {
    const effect = { name: 'call', occurrence: 'once', key: `${flow}:${key}:call:${n}` };
    const rows = [
      {
        at,
        entries: [{ kind: 'asked', ...effect, capability: 'calls', request: null, instance: n % 2 ? 'erp' : 'crm' }],
      },
      {
        at,
        entries: [
          { kind: 'settled', ...effect, outcome: 'failed', fault: { kind: 'permanent', code: 'broken', message: '' } },
        ],
      },
    ];
    for (const [index, row] of rows.entries()) {
      await pool.query(
        `insert into journal (run_id, version, advance_id, hash, recorded_at, entries)
         values ($1, $2, gen_random_uuid(), '', $3, $4)`,
        [id, n * 2 + index + 1, at, JSON.stringify(row)],
      );
    }
  }
}

export async function putCase({ pool }: Pick<Database, 'pool'>, one: HistoryCase): Promise<void> {
  const { id, run, openedAt, closedAt, cause = 'trouble' } = one;
  await pool.query(
    `insert into case_record (id, run_id, flow, key, cause, summary, opened_at, closed_at)
     values ($1, $2, $3, $4, $5, 's', $6, $7)
     on conflict (id) do update set closed_at = excluded.closed_at`,
    [id, run?.id ?? null, run?.flow ?? 'job', run?.key ?? 'letter', cause, openedAt, closedAt ?? null],
  );
}

const described = (figure: string): FigureDescription => ({
  ...{ figure, title: figure, group: 'kpi', unit: 'seconds', better: 'lower', formula: 'F.', source: 'S.' },
});

const ended = ({ key, runs }: Course) =>
  runs.flatMap((run) => (run.key === key && run.endedAt !== undefined ? [run] : []));

const failures: FigureSet = {
  set: 'failures',
  version: 1,
  combines: 'sum',
  always: [],
  describe: (figure) => (figure.startsWith('failures-') ? described(figure) : undefined),
  samples: (course) =>
    course.failures.map(({ at, instance }, part) => ({ figure: `failures-${instance}`, part, at, value: 1 })),
};

/** A few figures of each kind over those histories. */
export const historyBook: FigureBook = {
  sets: [
    oneFigure({
      ...described('life'),
      version: 1,
      combines: 'median',
      samples: (course) =>
        ended(course).map(({ startedAt, endedAt = '' }) => ({
          at: endedAt,
          value: secondsBetween(startedAt, endedAt),
        })),
    }),
    oneFigure({
      ...described('waiting'),
      version: 1,
      combines: 'median',
      samples: ({ runs }) =>
        runs.flatMap(({ stays }) =>
          stays.flatMap(({ state, enteredAt, leftAt }) =>
            state === 'waiting' && leftAt !== undefined
              ? [{ at: leftAt, value: secondsBetween(enteredAt, leftAt) }]
              : [],
          ),
        ),
    }),
    oneFigure({
      ...described('good'),
      unit: 'share',
      better: 'higher',
      version: 1,
      combines: 'mean',
      samples: (course) =>
        ended(course).map(({ endedAt = '', ending }) => ({ at: endedAt, value: ending === 'completed' ? 1 : 0 })),
    }),
    oneFigure({
      ...described('closing'),
      version: 1,
      combines: 'median',
      samples: ({ cases }) =>
        cases.flatMap(({ id, openedAt, closedAt }) =>
          closedAt === undefined ? [] : [{ at: closedAt, value: secondsBetween(openedAt, closedAt), caseId: id }],
        ),
    }),
    failures,
  ],
  missing: [{ ...described('returns'), because: 'There are none.' }],
  openCases: [
    { ...described('open-age'), of: 'median' },
    { ...described('oldest'), of: 'oldest' },
  ],
};

import type { Database } from '#platform/storage';
import { casesOfKeys, countLeft, selectLate } from './sql/departures.ts';

/** A place that something leaves at a moment. */
export interface Departure {
  readonly site: string;
  readonly leavesAt: string;
  /** What must be right before this moment should be on it. */
  readonly dueBefore: string;
}

export interface DepartureQuery {
  /** The flow of the parts that leave. */
  readonly parts: {
    readonly flow: string;
    /** States in which a part waits to leave. */
    readonly waiting: readonly string[];
    /** The state that a part comes to by leaving. */
    readonly left: string;
  };
  /** The flow of the runs that they are parts of, and its states before there are parts. */
  readonly whole: { readonly flow: string; readonly before: readonly string[] };
  readonly departures: readonly Departure[];
  readonly source?: string | undefined;
  readonly now: string;
  /** Since when what left counts. */
  readonly since: string;
  /** At which place nothing goes on from which state. */
  readonly shut: readonly { readonly site: string; readonly flow: string; readonly state: string }[];
  /** How long it usually is from coming to a state until leaving, s. */
  readonly usual: readonly { readonly flow: string; readonly state: string; readonly seconds: number }[];
  /** How many late ones at each place. */
  readonly most: number;
}

/** Something that will not leave in time, or usually would not. */
export interface Late {
  readonly site: string;
  readonly flow: string;
  readonly key: string;
  /** The run that it is a part of, or itself. */
  readonly root: string;
  readonly state: string;
  readonly enteredAt: string;
  /** It is too late already. */
  readonly hasLeft: boolean;
  readonly case?: { readonly cause: string; readonly summary: string };
  readonly isShut: boolean;
  readonly usualSeconds?: number;
}

export interface Departing {
  readonly site: string;
  readonly waiting: number;
  readonly left: number;
  /** How many of those that wait are late in all: surely, and by what is usual. */
  readonly lateInAll: { readonly certain: number; readonly usual: number };
  /** At most so many as were asked for: the certain ones first, then the most urgent. */
  readonly late: readonly Late[];
}

/** How many wait at a place. */
interface WaitingRow {
  readonly site: string;
  readonly waiting: number;
  readonly flow: null;
}

interface LateRow {
  readonly site: string;
  readonly flow: string;
  readonly key: string;
  readonly root: string;
  readonly state: string;
  readonly entered_at: string;
  readonly has_case: boolean;
  readonly has_left: boolean;
  readonly is_shut: boolean;
  readonly seconds: number | null;
  readonly certain: number;
  readonly late: number;
}

interface SiteCount {
  readonly site: string;
  readonly count: number;
}

const countsOf = (rows: readonly SiteCount[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ site, count }) => [site, count]));

/** What leaves each place, what has left it, and what will not be in time. */
export async function readDepartures({ pool }: Database, query: DepartureQuery): Promise<readonly Departing[]> {
  const { parts, whole, departures, source, now, since, shut, usual, most } = query;
  const sites = departures.map(({ site }) => site);
  const dueBefore = departures.map((departure) => departure.dueBefore);
  const limit = source ?? null;
  const waiting = [
    parts.flow,
    whole.flow,
    sites,
    departures.map(({ leavesAt }) => leavesAt),
    dueBefore,
    parts.waiting,
    whole.before,
    limit,
  ];
  const [left, read] = await Promise.all([
    pool.query<SiteCount>({
      name: 'progress-left',
      text: countLeft,
      values: [parts.flow, since, parts.left, sites, dueBefore, limit, whole.flow],
    }),
    pool.query<LateRow | WaitingRow>({
      name: 'progress-late',
      text: selectLate,
      values: [
        ...waiting,
        now,
        shut.map(({ site }) => site),
        shut.map(({ flow }) => flow),
        shut.map(({ state }) => state),
        usual.map(({ flow }) => flow),
        usual.map(({ state }) => state),
        usual.map(({ seconds }) => seconds),
        most,
      ],
    }),
  ]);
  const late = read.rows.filter((row) => row.flow !== null);
  const withCase = late.filter((row) => row.has_case);
  const asked = withCase.flatMap(({ flow, key, root }) => [
    { flow, key },
    { flow: whole.flow, key: root },
  ]);
  const { rows: cases } = await pool.query<{ flow: string; key: string; cause: string; summary: string }>(casesOfKeys, [
    asked.map(({ flow }) => flow),
    asked.map(({ key }) => key),
  ]);
  const caseOf = ({ flow, key, root }: LateRow) =>
    cases.find((each) => each.flow === flow && each.key === key) ??
    cases.find((each) => each.flow === whole.flow && each.key === root);
  const waits = new Map(read.rows.flatMap((row) => (row.flow === null ? [[row.site, row.waiting] as const] : [])));
  const gone = countsOf(left.rows);
  const told = (row: LateRow): Late => {
    const open = row.has_case ? caseOf(row) : undefined;
    return {
      site: row.site,
      flow: row.flow,
      key: row.key,
      root: row.root,
      state: row.state,
      enteredAt: row.entered_at,
      hasLeft: row.has_left,
      ...(open === undefined ? {} : { case: { cause: open.cause, summary: open.summary } }),
      isShut: row.is_shut,
      ...(row.seconds === null ? {} : { usualSeconds: row.seconds }),
    };
  };
  return sites.map((site) => {
    const ofSite = late.filter((row) => row.site === site);
    const { late: all = 0, certain = 0 } = ofSite[0] ?? {};
    return {
      site,
      waiting: waits.get(site) ?? 0,
      left: gone.get(site) ?? 0,
      lateInAll: { certain, usual: all - certain },
      late: ofSite.map(told),
    };
  });
}

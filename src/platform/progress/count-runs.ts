import type { QueryResultRow } from 'pg';
import type { Database } from '#platform/storage';
import { keep } from './keep.ts';
import type { Visibility } from './read-runs.ts';
import {
  countBegun,
  countEnded,
  countMoves,
  countOpen,
  countReached,
  countWithCases,
  type Sees,
  usualStays,
  usualTimesTo,
} from './sql/count-runs.ts';

export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** The runs that stand in one state. */
export interface StateCount {
  readonly state: string;
  readonly count: number;
  /** What they are worth, by currency; those of unknown worth are not in it. */
  readonly worth: readonly Amount[];
  /** When the one came to it that is there for longest; of open ones. */
  readonly oldestEnteredAt?: string;
  readonly medianAgeSeconds?: number;
  readonly withCases: number;
}

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

interface CountRow {
  readonly state: string;
  readonly currency: string | null;
  readonly count: number;
  readonly worth: string | null;
  /** All currencies together. */
  readonly of_state: boolean;
  readonly oldest?: string;
  readonly age?: number;
}

function byState(rows: readonly CountRow[], withCases: ReadonlyMap<string, number>): readonly StateCount[] {
  return rows
    .filter((row) => row.of_state)
    .map(({ state, count, oldest, age }) => ({
      state,
      count,
      worth: rows.flatMap((part) =>
        part.of_state || part.state !== state || part.worth === null || part.currency === null
          ? []
          : [{ amount: part.worth, currency: part.currency }],
      ),
      ...(oldest === undefined ? {} : { oldestEnteredAt: oldest }),
      ...(age === undefined ? {} : { medianAgeSeconds: Math.max(0, Math.round(age)) }),
      withCases: withCases.get(state) ?? 0,
    }));
}

/** So many arrivals say what is usual. */
const sample = 2_000;

/** Counts what the writers wrote. Every question reads open runs, or those of the time asked for, however many have ended. */
export interface RunCounter {
  /** Open runs by state. */
  open(flow: string, visible: Visibility, now: string): Promise<readonly StateCount[]>;
  /** Runs that ended since then, by the state they ended in. */
  ended(flow: string, visible: Visibility, since: string): Promise<readonly StateCount[]>;
  /** How many began since then. */
  begun(flow: string, visible: Visibility, since: string): Promise<number>;
  /** How many runs had a part that came to a state since then. */
  reached(
    parts: { readonly flow: string; readonly state: string },
    flow: string,
    visible: Visibility,
    since: string,
  ): Promise<number>;
  /** Which way runs went since then; some seconds old. */
  moves(flow: string, states: readonly string[], visible: Visibility, since: string): Promise<readonly Move[]>;
  /** The median stay in each state, of those that ended since then, s; a minute old. */
  usualStays(flow: string, states: readonly string[], since: string): Promise<ReadonlyMap<string, number>>;
  /** The median time from coming to each state until moving to `target`, of the last arrivals there since then, s; a minute old. */
  usualTimesTo(
    flow: string,
    states: readonly string[],
    target: string,
    since: string,
  ): Promise<ReadonlyMap<string, number>>;
}

export interface RunCounterOptions {
  /** For how long the moves are kept, ms. Default 5 000. */
  readonly keepMovesMs?: number;
  /** For how long what is usual is kept, ms. Default 60 000. */
  readonly keepUsualMs?: number;
}

/** Opens the counts. */
export function createRunCounter({ pool }: Database, options: RunCounterOptions = {}): RunCounter {
  const keptMoves = keep<readonly Move[]>(options.keepMovesMs ?? 5_000);
  const keptUsual = keep<ReadonlyMap<string, number>>(options.keepUsualMs ?? 60_000);
  /** By name, so that what is asked all the time is planned once; with the caller's limits where there are any. */
  async function ask<Row extends QueryResultRow>(
    name: string,
    text: (sees: Sees) => string,
    values: readonly unknown[],
    { sites, source }: Visibility,
  ): Promise<readonly Row[]> {
    const sees = sites === undefined && source === undefined ? 'all' : 'some';
    const limits = sees === 'all' ? [] : [sites ?? null, source ?? null];
    const query = { name: `progress-${name}-${sees}`, text: text(sees), values: [...values, ...limits] };
    return (await pool.query<Row>(query)).rows;
  }

  const seconds = async (text: string, values: readonly unknown[]): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await pool.query<{ state: string; seconds: number }>(text, [...values]);
    return new Map(rows.map((row) => [row.state, row.seconds]));
  };

  return {
    open: async (flow, visible, now) => {
      const [counted, cases] = await Promise.all([
        ask<CountRow>('open', countOpen, [flow, now], visible),
        ask<{ state: string; count: number }>('cases', countWithCases, [flow], visible),
      ]);
      return byState(counted, new Map(cases.map(({ state, count }) => [state, count])));
    },
    ended: async (flow, visible, since) =>
      byState(await ask<CountRow>('ended', countEnded, [flow, since], visible), new Map()),
    begun: async (flow, visible, since) =>
      (await ask<{ count: number }>('begun', countBegun, [flow, since], visible))[0]?.count ?? 0,
    reached: async (parts, flow, visible, since) =>
      (await ask<{ count: number }>('reached', countReached, [parts.flow, parts.state, since, flow], visible))[0]
        ?.count ?? 0,
    moves: (flow, states, visible, since) =>
      keptMoves(JSON.stringify([flow, visible]), () => ask<Move>('moves', countMoves, [flow, states, since], visible)),
    usualStays: (flow, states, since) => keptUsual(flow, () => seconds(usualStays, [flow, states, since])),
    usualTimesTo: (flow, states, target, since) =>
      keptUsual(`${flow} to ${target}`, () => seconds(usualTimesTo, [flow, states, since, target, sample])),
  };
}

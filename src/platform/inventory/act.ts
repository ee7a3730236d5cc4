import type pg from 'pg';
import { Fault } from '#model/kernel';
import { databaseFault } from '#platform/storage';

export interface Statement {
  readonly name: string;
  readonly text: string;
}

interface ActRow {
  readonly verb: string;
  readonly demand: string;
  readonly answer: unknown;
}

/** What a keyed statement is expected to have been: the same key for anything else is a mistake of the caller. */
export interface Act {
  readonly key: string;
  readonly verb: string;
  readonly demand: string;
}

/** Runs a statement; what the database throws becomes a `Fault`. */
export async function ask<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  try {
    return (await pool.query<Row>({ ...statement, values: [...values] })).rows;
  } catch (thrown) {
    throw databaseFault(thrown);
  }
}

/**
 * Runs a keyed statement once and gives its answer, or the answer that its key got before. A twin that ran at the same time
 * sees neither its own row nor the other's; the second look does.
 */
export async function perform<Answer>(
  pool: pg.Pool,
  statement: Statement,
  act: Act,
  values: readonly unknown[],
): Promise<Answer> {
  const all = [act.key, act.demand, ...values];
  const look = () => ask<ActRow>(pool, statement, all);
  const row = (await look())[0] ?? (await look())[0];
  if (row === undefined) {
    throw new Fault('transient', { code: 'stock-answer-missing', message: `no answer was stored under ${act.key}` });
  }
  if (row.verb === 'unfit') {
    throw new Fault('permanent', {
      code: 'unit-mismatch',
      message: `units differ from the stocked ones, convert first: ${JSON.stringify(row.answer)}`,
    });
  }
  if (row.verb !== act.verb || row.demand !== act.demand) {
    throw new Fault('permanent', {
      code: 'key-reused',
      message: `key ${act.key} was used before, to ${row.verb} for ${row.demand}`,
    });
  }
  return row.answer as Answer;
}

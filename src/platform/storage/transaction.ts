import type { Pool, PoolClient } from 'pg';
import { createTurns, type Turns } from './turns.ts';

/** How work in a transaction uses the pool. */
export interface TransactionOptions {
  /** The work asks the same pool for further connections while it holds this one: at most half of the pool is held so. */
  readonly needsMore?: boolean;
}

const turnsOfPools = new WeakMap<Pool, Turns>();

function turnsOf(pool: Pool): Turns {
  const { max } = pool.options;
  if (max < 2) throw new Error('the work needs two connections at once: give the pool at least two');
  const turns = turnsOfPools.get(pool) ?? createTurns(Math.floor(max / 2));
  turnsOfPools.set(pool, turns);
  return turns;
}

async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit');
  // So the server answers when a statement has failed and the work went on all the same.
  if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its statements had failed');
}

async function onOneConnection<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await commit(client);
    return result;
  } catch (thrown) {
    // One that may still be inside the transaction is not given to the next: what they write would fall with it.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw thrown;
  } finally {
    client.release(broken);
  }
}

/**
 * Runs work in one transaction: all of it, or nothing when it throws. When it throws what a lost answer throws, a commit may have
 * happened.
 */
export async function inTransaction<Result>(
  { pool }: { readonly pool: Pool },
  work: (client: PoolClient) => Promise<Result>,
  { needsMore = false }: TransactionOptions = {},
): Promise<Result> {
  const run = (): Promise<Result> => onOneConnection(pool, work);
  return needsMore ? turnsOf(pool).take(run) : run();
}

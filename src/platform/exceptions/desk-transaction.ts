import type { PoolClient } from 'pg';
import type { Database } from '#platform/storage';

/** Runs work in one transaction: all of it, or nothing when it throws. */
export async function inTransaction<Result>(
  { pool }: Database,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (thrown) {
    // A connection that cannot even roll back is not given to the next.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw thrown;
  } finally {
    client.release(broken);
  }
}

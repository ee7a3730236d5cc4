import type { ClientBase } from 'pg';
import type { Database } from '#platform/storage';

/** Reads the database as it is at one moment, however many questions that takes. */
export async function atOneMoment<Answer>(
  { pool }: Database,
  work: (client: ClientBase) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(client);
  } finally {
    // One that may still be inside is not given to the next.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    client.release(broken);
  }
}

import type { ClientBase, PoolClient } from 'pg';
import type { Database } from '#platform/storage';
import { laterLife, nameCommitConnection } from '../sql/recover.ts';
import type { Owner } from './batch-values.ts';

/**
 * Every look-up of the commit statement is by index, whatever the tables' size; a plan made while they are young must not find
 * that reading them whole is cheaper, for it would be kept. Written in one statement, so there is no explicit transaction.
 *
 * Repeatable read: where another node moved a row meanwhile, the statement ends with 40001 and is sent again on a fresh snapshot.
 * In read committed PostgreSQL 18.4 looks at such a row again in the middle of the statement, and with this one its backend dies
 * of a segmentation fault, and every connection with it (`ownership.int`, "two nodes that work on the same runs").
 */
const settings = `set default_transaction_isolation = 'repeatable read'; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off`;

export interface CommitConnection {
  readonly client: ClientBase;
  /** The server's process, to make sure that it has ended. */
  readonly processId: number;
  /** Its settings are its own: the connection is not given back but ended. */
  end(): void;
}

/** By this name a later life finds what an earlier one may still have under way. PostgreSQL cuts names at 63 bytes. */
export const commitConnectionName = ({ name, epoch }: Owner): string =>
  `crossdock-commit ${epoch} ${name}`.slice(0, 63);

/** Another process began a later life under this node's name: this one may not write any more. */
export class NodeReplaced extends Error {
  override readonly name = 'NodeReplaced';
}

/** A connection of the pool, set up for the commit statement. Throws when there is none, and `NodeReplaced`. */
export async function openCommitConnection(
  database: Database,
  owner: Owner,
  check: (on: ClientBase) => Promise<void> = async () => undefined,
): Promise<CommitConnection> {
  const client: PoolClient = await database.pool.connect();
  client.on('error', () => undefined);
  try {
    await check(client);
    await client.query(settings);
    const { rows } = await client.query<{ id: number }>(nameCommitConnection, [commitConnectionName(owner)]);
    const { rowCount } = await client.query(laterLife, [owner.name, owner.epoch]);
    if (rowCount !== 0) throw new NodeReplaced(`a later life of ${owner.name} has begun`);
    return { client, processId: rows[0]?.id ?? 0, end: () => client.release(true) };
  } catch (thrown) {
    client.release(true);
    throw thrown;
  }
}

import type { PoolClient } from 'pg';
import { type Database, openDatabase } from '#platform/storage';
import type { Log } from '../engine.ts';

/**
 * A connection of its own for what nodes tell each other about lanes: when the pool is busy they must not lose their shares. It is
 * made again when it is lost.
 */
export interface LaneLink {
  query<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  /** Wakes the other nodes. A lost notice costs a second. */
  notify(): Promise<void>;
  close(): void;
}

const channel = 'crossdock_lanes';

export interface LinkNeeds {
  readonly database: Database;
  /** Told with a notice, so that we do not wake ourselves. */
  readonly name: string;
  readonly log: Log;
  readonly onNotice: () => void;
}

export function createLaneLink(needs: LinkNeeds, options: { readonly patienceMs: number }): LaneLink {
  const { name, log, onNotice } = needs;
  const line = openDatabase({
    url: needs.database.url,
    poolSize: 1,
    applicationName: 'crossdock-lanes',
    statementPatienceMs: options.patienceMs,
  });
  let opened: Promise<PoolClient> | undefined;
  let isClosed = false;

  async function open(): Promise<PoolClient> {
    const client = await line.pool.connect();
    client.on('notification', ({ payload }) => {
      if (payload !== name && !isClosed) onNotice();
    });
    await client.query(`listen ${channel}`);
    return client;
  }

  /** Whatever went wrong on it: the next statement has a new one. */
  function drop(lost: Promise<PoolClient>): void {
    if (opened === lost) opened = undefined;
    lost.then(
      (client) => client.release(true),
      () => undefined,
    );
  }

  async function run<Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    if (isClosed) throw new Error('this node takes part no more');
    opened ??= open();
    const used = opened;
    try {
      const { rows } = await (await used).query<Row>(text, [...values]);
      return rows;
    } catch (thrown) {
      if (opened === used) drop(used);
      throw thrown;
    }
  }

  return {
    query: run,
    notify: async () => {
      try {
        await run('select pg_notify($1, $2)', [channel, name]);
      } catch (thrown) {
        log('lane-notice-lost', { message: String(thrown) });
      }
    },
    close: () => {
      isClosed = true;
      if (opened !== undefined) drop(opened);
      line.close().catch(() => undefined);
    },
  };
}

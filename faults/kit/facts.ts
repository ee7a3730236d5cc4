import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { type Database, openDatabase } from '#platform/storage';
import type { Stage } from './scenario.ts';

const insertFact = `
insert into fact (id, source, type, subject, time, data)
values ($1, '/crossdock/flows/order-to-cash', 'order.changed', $2, now(), $3)`;

/** A fact of an order, as another program on the database might tell it. `data` is JSON. */
export interface OddFact {
  readonly orderNumber: string;
  readonly data: unknown;
}

const write = (on: Pick<PoolClient, 'query'>, { orderNumber, data }: OddFact) =>
  on.query(insertFact, [randomUUID(), orderNumber, JSON.stringify(data)]);

/** Runs `work` with connections of our own to the stage's database, not through a node's proxy. */
export async function withDatabase<Answer>(
  stage: Stage,
  work: (database: Database) => Promise<Answer>,
): Promise<Answer> {
  const database = openDatabase({ url: stage.ownDatabase.url, poolSize: 4 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Tells a fact beside the engine. */
export const tellFact = (stage: Stage, fact: OddFact): Promise<unknown> =>
  withDatabase(stage, ({ pool }) => write(pool, fact));

/** A transaction that stays open; `commit` ends it. */
export interface HeldTransaction {
  commit(): Promise<void>;
}

async function hold(database: Database, begin: (on: PoolClient) => Promise<unknown>): Promise<HeldTransaction> {
  const client = await database.pool.connect();
  await client.query('begin');
  await begin(client);
  return {
    commit: async () => {
      await client.query('commit');
      client.release();
    },
  };
}

/** Takes its place in the order of facts now, and is seen when it commits. */
export const holdFact = (database: Database, fact: OddFact): Promise<HeldTransaction> =>
  hold(database, (client) => write(client, fact));

/** Keeps whoever wants to advance this run in the middle of its transaction. */
export const holdRun = (database: Database, flow: string, key: string): Promise<HeldTransaction> =>
  hold(database, (client) => client.query('select from run where flow = $1 and key = $2 for update', [flow, key]));

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { Contender } from '../contender.ts';
import { type Stub, startStub } from '../stub-client.ts';
import { createCalls } from '../work/calls.ts';
import { benchOrder } from '../work/order.ts';
import { createCrossdock } from './crossdock.ts';
import { createHandWritten } from './hand-written.ts';

const durable: readonly {
  readonly name: string;
  readonly start: (own: TestDatabase, origin: string) => Promise<Contender>;
}[] = [
  { name: 'crossdock', start: (own, origin) => createCrossdock(own.url, createCalls(origin)) },
  {
    name: 'hand-written',
    start: async (own, origin) => {
      await own.database.pool.query('drop schema crossdock cascade');
      return createHandWritten(own.url, 4, createCalls(origin));
    },
  },
];

describe.each(durable)('the durable contender $name', ({ start }) => {
  let stub: Stub;
  let own: TestDatabase;
  let contender: Contender;
  beforeAll(async () => {
    stub = await startStub();
  });
  afterAll(() => stub.stop());
  beforeEach(async () => {
    own = await testDatabase();
    contender = await start(own, stub.origin);
  });
  afterEach(async () => {
    await contender.close();
    await own.drop();
  });

  const count = async (table: string): Promise<number> => {
    const { rows } = await own.database.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return rows[0]?.count ?? 0;
  };

  test('has the same duties: for each order nine journal rows, a receipt and four facts, and nothing left open', async () => {
    // When five orders have been brought to their invoices,
    await Promise.all([1, 2, 3, 4, 5].map((number) => contender.run(benchOrder(String(number), 15))));

    // then that stands in the database, durably: read on another connection.
    const facts = (await count("pg_class where relname = 'outbox'")) > 0 ? 'outbox' : 'fact';
    expect({
      journal: await count('journal'),
      receipt: await count('receipt'),
      facts: await count(facts),
      effect: await count('effect'),
      timer: await count('timer'),
    }).toEqual({ journal: 45, receipt: 5, facts: 20, effect: 0, timer: 0 });
  });
});

import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { fulfilment, orderNews, orderToCash } from '#business/flows';
import { createEngine, type Engine } from '#platform/engine/runtime';
import { effectStandings } from '#platform/exceptions';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { startOrdersGateway } from './orders-gateway.ts';
import { systemsOnPaper } from './systems-on-paper.ts';

/** The orders API in front of the engine, with flows and systems on paper. Each test has its own; the database is the file's. */
export interface OrdersOnEngine {
  own: TestDatabase;
  engine: Engine;
  api: Awaited<ReturnType<typeof startOrdersGateway>>;
  systems: ReturnType<typeof systemsOnPaper>;
}

/** Sets it up for the tests of this file; its members are there while a test runs. */
export function useOrdersOnEngine(): OrdersOnEngine {
  const here = {} as OrdersOnEngine;
  beforeAll(async () => {
    here.own = await testDatabase();
  });
  afterAll(() => here.own.drop());
  beforeEach(async () => {
    here.systems = systemsOnPaper();
    const { providers } = here.systems;
    here.engine = await createEngine({
      database: here.own.database,
      flows: [orderToCash, fulfilment, orderNews],
      providers,
    });
    here.api = await startOrdersGateway(here.own, here.engine, {
      effectStandings: (keys) => effectStandings(here.own.database, keys),
    });
  });
  afterEach(async () => {
    await here.api.close();
    here.engine.kill();
  });
  return here;
}

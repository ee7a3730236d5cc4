import { createKey } from '#platform/gateway/runtime';
import { openDatabase } from '#platform/storage';
import { type CasesApi, createCasesApi } from '../../test/index.ts';
import type { FaultyNode } from './node.ts';
import type { Stage } from './scenario.ts';

/** A person who runs the installation, with a key of their own. Each call goes to the node that is named. */
export type Operator = (node: FaultyNode) => CasesApi;

const scopes = [
  ...['orders:read-all', 'cases:read', 'cases:work', 'cases:decide'],
  ...['replays:read', 'replays:plan', 'replays:approve', 'lanes:read', 'lanes:operate'],
];

/** Gives somebody a key. */
export async function hireOperator(stage: Stage, consumer: string): Promise<Operator> {
  const database = openDatabase({ url: stage.ownDatabase.url, poolSize: 1 });
  try {
    const { key } = await createKey(database, { consumer, scopes });
    return (node) => {
      const api = createCasesApi(() => node.url(), key);
      return {
        ...api,
        act: async (one, action, body) => {
          // The key of an order or of one of its fulfilments.
          if (action === 'compensate') await stage.client.callOff(one.key.split('-', 1)[0] ?? one.key);
          return api.act(one, action, body);
        },
      };
    };
  } finally {
    await database.close();
  }
}

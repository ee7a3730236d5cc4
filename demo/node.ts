import { parseConfiguration, startPlatform } from '#main';
import { openDatabase } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { demoGateway } from './run/demo-gateway.ts';
import type { NodeStart, NodeWord } from './run/node-words.ts';

/** One node of the demo's platform in a process of its own: told over the channel to its parent, and gone when that closes. */
const tell = (word: NodeWord): void => void process.send?.(word);

async function start({ databaseUrl, configuration, port }: NodeStart): Promise<void> {
  const database = openDatabase({ url: databaseUrl, poolSize: 20 });
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'error' });
  const file = 'the demo';
  const needs = { file, configuration: parseConfiguration(file, configuration), database, log };
  const platform = await startPlatform(needs, { port, gateway: demoGateway });
  process.once('message', () => {
    void platform
      .stop()
      .then(() => database.close())
      .then(() => process.exit(0));
  });
  tell({ url: platform.url });
}

// An interrupt at the keyboard is for the parent, which stops us in its own order.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.once('disconnect', () => process.exit(0));
process.once('message', (given: NodeStart) => {
  start(given).catch((thrown: unknown) => tell({ failed: thrown instanceof Error ? thrown.message : String(thrown) }));
});

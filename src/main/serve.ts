import { parseArgs } from 'node:util';
import { createLog } from '#platform/telemetry';
import { ConfigurationRefused, readConfiguration } from './configuration.ts';
import { startPlatform } from './platform.ts';
import { openState } from './state.ts';

const usage = `npm run serve -- --config FILE [--port N] [--host ADDRESS]
  --config  the installation: systems, routing, sites (see docs/configuration.md)
  --port    HTTP port; default PORT or 8080
  --host    address to bind; default 127.0.0.1
Environment: DATABASE_URL (any PostgreSQL from 15 on; default an embedded one under .crossdock/), PORT, LOG_LEVEL`;

function readArguments(): { readonly config: string; readonly port: number; readonly host: string } {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' } },
  });
  const port = Number(values.port ?? process.env.PORT ?? '8080');
  if (values.config === undefined) throw new Error('--config is missing');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port or PORT must be a number from 0 to 65535`);
  return { config: values.config, port, host: values.host ?? '127.0.0.1' };
}

async function serve(): Promise<void> {
  const { config, port, host } = readArguments();
  const configuration = readConfiguration(config);
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'info' });
  const state = await openState({ databaseUrl: process.env.DATABASE_URL, directory: '.crossdock' });
  const platform = await startPlatform({ file: config, configuration, database: state.database, log }, { port, host });
  log.info({ url: platform.url }, 'Crossdock is up');
  const stop = async (): Promise<void> => {
    await platform.stop();
    await state.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }
}

try {
  await serve();
} catch (thrown) {
  const isUsage = thrown instanceof Error && (thrown.message.startsWith('--') || 'code' in thrown);
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  if (isUsage && !(thrown instanceof ConfigurationRefused)) process.stderr.write(`\n${usage}\n`);
  process.exit(1);
}

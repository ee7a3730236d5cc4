import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openState, type Platform, parseConfiguration, startPlatform } from '#main';
import { findQuarantined } from '#platform/exceptions';
import { createKey } from '#platform/gateway/runtime';
import type { Database } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { demoInstallation } from './installation.ts';
import type { DemoPlatform } from './run/run-day.ts';
import type { DemoSystems } from './run/systems.ts';

const scopes = ['orders:read', 'orders:write', 'orders:release-holds', 'orders:read-all'];

const isPortTaken = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE';

/** A folder of this run alone below the state folder, so that runs side by side do not meet. */
async function stateFolder(): Promise<string> {
  const parent = resolve('.crossdock');
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const directory = await mkdtemp(join(parent, 'demo-'));
  // The embedded database may run as another user, who must be able to pass through.
  await chmod(directory, 0o711);
  return directory;
}

async function isQuarantined(database: Database, opportunity: string): Promise<boolean> {
  const messages = await findQuarantined(database, 'crm-main', `opportunity:${opportunity}`);
  return messages.length > 0;
}

/**
 * Starts the platform against the demo's systems. Its database is always an empty one of its own: a day on a database that has
 * had one would meet that one's keys. A taken port gives way to a free one.
 */
export async function startDemoPlatform(systems: DemoSystems, port: number): Promise<DemoPlatform> {
  const directory = await stateFolder();
  const remove = () => rm(directory, { recursive: true, force: true });
  const state = await openState({ databaseUrl: undefined, directory });
  const close = async () => {
    await state.close();
    await remove();
  };
  const { database } = state;
  try {
    const { key: apiKey } = await createKey(database, { consumer: 'demo', scopes, days: 1, note: 'npm start' });
    const log = createLog({ level: process.env.LOG_LEVEL ?? 'error' });
    const file = 'the demo';
    const configuration = parseConfiguration(file, await demoInstallation(systems, directory));
    const start = (at: number): Promise<Platform> =>
      startPlatform(
        { file, configuration, database, log },
        { port: at, gateway: { plan: { name: 'demo', requests: 100_000, seconds: 10 } } },
      );
    const platform = await start(port).catch((thrown: unknown) => {
      if (isPortTaken(thrown)) return start(0);
      throw thrown;
    });
    return {
      url: platform.url,
      apiKey,
      isQuarantined: (opportunity) => isQuarantined(database, opportunity),
      stop: async () => {
        await platform.stop();
        await close();
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

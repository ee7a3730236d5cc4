import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Platform, parseConfiguration, startPlatform } from '#main';
import type { EngineOptions } from '#platform/engine/runtime';
import { createKey } from '#platform/gateway/runtime';
import { type Database, openDatabase } from '#platform/storage';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createLog } from '#platform/telemetry';
import { installationConfiguration } from './configuration.ts';
import { createOrdersApi, type OrdersApi } from './orders-api.ts';
import { type OutsideSystems, startSystems } from './systems.ts';

/** Outside systems, an empty database, a key: everything that a Crossdock needs, and no Crossdock yet. */
export interface Site extends OutsideSystems {
  /** A temporary folder, removed with the site. */
  readonly directory: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly configuration: object;
  /** Of the consumer `shop`, with every scope of the products. */
  readonly apiKey: string;
}

const scopes = [
  ...['orders:read', 'orders:write', 'orders:release-holds', 'orders:read-all'],
  ...['cases:read', 'cases:work', 'cases:decide'],
];

/** On an empty database of the test run's server, or on one that the test brings. */
export async function openSite(empty: () => Promise<TestDatabase> = testDatabase): Promise<Site> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-journey-'));
  let own: TestDatabase | undefined;
  let systems: OutsideSystems | undefined;
  const stop = async (): Promise<void> => {
    await systems?.stop();
    await own?.drop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    own = await empty();
    systems = await startSystems(directory);
    const { key: apiKey } = await createKey(own.database, { consumer: 'shop', scopes });
    const configuration = await installationConfiguration(systems, directory);
    return { ...systems, directory, databaseUrl: own.url, database: own.database, configuration, apiKey, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** A site with a Crossdock that runs in this process. */
export interface Installation extends Site {
  readonly api: OrdersApi;
  /** Where it answers at this moment. */
  url(): string;
  /** What `/metrics` says. */
  metrics(): Promise<string>;
  /** Ends the running Crossdock gracefully and starts another on the same state. */
  restart(options?: { readonly meanwhile?: () => Promise<void> }): Promise<void>;
}

const eventLevel = process.env.LOG_LEVEL ?? 'silent';

export async function openInstallation(
  engine: EngineOptions = {},
  configured: (configuration: object) => object = (configuration) => configuration,
): Promise<Installation> {
  const site = await openSite();
  let platform: Platform | undefined;
  let database: Database | undefined;
  const begin = async (): Promise<void> => {
    database = openDatabase({ url: site.databaseUrl, poolSize: 20 });
    const configuration = parseConfiguration('journey', configured(site.configuration));
    const log = createLog({ level: eventLevel });
    platform = await startPlatform({ file: 'journey', configuration, database, log }, { engine });
  };
  const end = async (): Promise<void> => {
    await platform?.stop();
    platform = undefined;
    await database?.close();
  };
  const stop = async (): Promise<void> => {
    await end();
    await site.stop();
  };
  try {
    await begin();
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  const url = (): string => {
    if (platform === undefined) throw new Error('no Crossdock runs at this moment');
    return platform.url;
  };
  const restart: Installation['restart'] = async ({ meanwhile } = {}) => {
    await end();
    await meanwhile?.();
    await begin();
  };
  const metrics = async (): Promise<string> => (await fetch(`${url()}/metrics`)).text();
  return { ...site, api: createOrdersApi(url, site.apiKey), url, metrics, restart, stop };
}

import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openState, parseConfiguration, type State, startPlatform } from '#main';
import { findQuarantined } from '#platform/exceptions';
import { createKey } from '#platform/gateway/runtime';
import type { Database } from '#platform/storage';
import { createLog } from '#platform/telemetry';
import { demoInstallation } from './installation.ts';
import { addDemoPeople } from './people.ts';
import { demoGateway } from './run/demo-gateway.ts';
import { type DemoNode, startNode } from './run/node-process.ts';
import type { DemoPlatform } from './run/run-day.ts';
import type { DemoSystems } from './run/systems.ts';

const scopes = ['orders:read', 'orders:write', 'orders:release-holds', 'orders:read-all'];

/** Nodes of the platform, and after how many orders one of them is killed. */
export interface DemoNodes {
  /** 1: within the demo's own process. */
  readonly nodes: number;
  readonly killNodeAfter?: number;
}

const isPortTaken = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (('code' in thrown && thrown.code === 'EADDRINUSE') || thrown.message.includes('EADDRINUSE'));

/** A taken port gives way to a free one. */
async function atFreePort<Started>(port: number, start: (port: number) => Promise<Started>): Promise<Started> {
  return start(port).catch((thrown: unknown) => {
    if (isPortTaken(thrown)) return start(0);
    throw thrown;
  });
}

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

async function oneHere({ database }: State, configuration: object, port: number): Promise<readonly DemoNode[]> {
  const log = createLog({ level: process.env.LOG_LEVEL ?? 'error' });
  const file = 'the demo';
  const needs = { file, configuration: parseConfiguration(file, configuration), database, log };
  const platform = await atFreePort(port, (at) => startPlatform(needs, { port: at, gateway: demoGateway }));
  return [{ url: platform.url, stop: platform.stop, kill: platform.stop }];
}

async function several(state: State, configuration: object, port: number, nodes: number): Promise<readonly DemoNode[]> {
  const start = (at: number) => startNode({ databaseUrl: state.database.url, configuration, port: at });
  const started = [await atFreePort(port, start)];
  while (started.length < nodes) {
    try {
      started.push(await start(0));
    } catch (thrown) {
      await Promise.all(started.map((node) => node.stop()));
      throw thrown;
    }
  }
  return started;
}

/**
 * Starts the platform against the demo's systems. Its database is always an empty one of its own: a day on a database that has
 * had one would meet that one's keys.
 */
export async function startDemoPlatform(
  systems: DemoSystems,
  port: number,
  { nodes: count, killNodeAfter }: DemoNodes = { nodes: 1 },
): Promise<DemoPlatform> {
  const directory = await stateFolder();
  const state = await openState({ databaseUrl: undefined, directory });
  const close = async () => {
    await state.close();
    await rm(directory, { recursive: true, force: true });
  };
  const { database } = state;
  try {
    const { key: apiKey } = await createKey(database, { consumer: 'demo', scopes, days: 1, note: 'npm start' });
    const people = await addDemoPeople(database);
    const configuration = await demoInstallation(systems, directory);
    const nodes =
      count === 1 ? await oneHere(state, configuration, port) : await several(state, configuration, port, count);
    let told = 0;
    return {
      url: nodes[0]?.url ?? '',
      others: nodes.slice(1).map(({ url }) => url),
      apiKey,
      people,
      isQuarantined: (opportunity) => isQuarantined(database, opportunity),
      told: () => {
        told += 1;
        if (told !== killNodeAfter) return undefined;
        // The last one, so that the address that is shown at the end goes on.
        void nodes.at(-1)?.kill();
        return `kill -9 of node ${nodes.length} after ${told} orders; the others take over what it had`;
      },
      stop: async () => {
        await Promise.all(nodes.map((node) => node.stop()));
        await close();
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

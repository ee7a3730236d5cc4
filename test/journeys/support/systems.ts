import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ControlClient,
  controlClient,
  type LedgerEntry,
  readLedger,
  type StartedSimulator,
  startSimulator,
  type World,
} from '../../../simulators/kit/index.ts';
import { world as journeyWorld } from './world.ts';

/** A simulated system, seen by the test. */
export interface OutsideSystem extends ControlClient {
  readonly process: StartedSimulator;
  /** Its ledger's file. */
  readonly ledgerFile: string;
  /** What was really done to it, from its file. */
  entries(): readonly LedgerEntry[];
}

/** Every outside system of an installation, each in a process of its own. */
export interface OutsideSystems {
  readonly erp: OutsideSystem;
  readonly crm: OutsideSystem;
  readonly north: OutsideSystem;
  readonly south: OutsideSystem;
  stop(): Promise<void>;
}

type Name = Exclude<keyof OutsideSystems, 'stop'>;
const kinds = { erp: 'erp', crm: 'crm', north: 'wms', south: 'wms' } as const satisfies Record<Name, string>;
const sites: Partial<Record<Name, string>> = { north: 'NORTH', south: 'SOUTH' };

async function startSystem(name: Name, worldFile: string, directory: string): Promise<OutsideSystem> {
  const ledgerFile = join(directory, `${name}.ledger.jsonl`);
  const site = sites[name];
  const started = await startSimulator({
    kind: kinds[name],
    worldFile,
    ledgerFile,
    readyWithinMs: 60_000,
    ...(site === undefined ? {} : { site }),
  });
  return { ...controlClient(started.control), process: started, ledgerFile, entries: () => readLedger(ledgerFile) };
}

/** Starts them all at once; when one does not start, the others are stopped and its reason is thrown. */
export async function startSystems(directory: string, world: World = journeyWorld): Promise<OutsideSystems> {
  const worldFile = join(directory, 'world.json');
  await writeFile(worldFile, JSON.stringify(world));
  const starting = (['erp', 'crm', 'north', 'south'] as const).map((name) => startSystem(name, worldFile, directory));
  const settled = await Promise.allSettled(starting);
  const running = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((system) => system.process.stop()));
  };
  const [erp, crm, north, south] = running;
  if (erp === undefined || crm === undefined || north === undefined || south === undefined) {
    await stop();
    throw settled.find((each) => each.status === 'rejected')?.reason;
  }
  return { erp, crm, north, south, stop };
}

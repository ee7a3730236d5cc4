import { join } from 'node:path';
import type { LedgerEntry, World } from '../../simulators/kit/index.ts';
import { startSimulator } from '../../simulators/kit/index.ts';
import { type OutsideSystem, type OutsideSystems, startSystems, startTrytonErp } from '../../test/index.ts';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A system outside, with our proxy in front of it. */
export interface FaultySystem {
  readonly proxy: TcpProxy;
  /** As the platform sees it: behind the proxy. */
  readonly seen: OutsideSystem;
  /** Turns the simulator's dials. Throws for a real system. */
  dial(changes: object): Promise<void>;
  /** One-shot behaviours; each must fire before the scenario is over. Throws for a real system. */
  script(list: readonly object[]): Promise<void>;
  act(name: string, input: object): Promise<unknown>;
  /** Planned behaviours with how often they have fired. */
  scripts(): Promise<readonly { readonly name: string; readonly times: number; readonly fired: number }[]>;
  /** What was really done to it: the only witness. */
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Ends it with SIGKILL and starts it again where it was; only the simulated ERP, which keeps its books. */
  restart(): Promise<void>;
}

export const systemNames = ['erp', 'crm', 'north', 'south'] as const;
export type SystemName = Exclude<keyof OutsideSystems, 'stop'>;
export type FaultySystems = Readonly<Record<SystemName, FaultySystem>> & { stop(): Promise<void> };

/** Where its wire is; a warehouse tells host and port beside. */
function wireOf({ process: { url } }: OutsideSystem): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function behind(system: OutsideSystem, port: number): OutsideSystem {
  // Only the port: a URL that is parsed and written again gains a slash that a setting may refuse.
  const url = system.process.url.replace(/:\d+(?=\/?$)/, `:${port}`);
  const { details } = system.process;
  const shown = 'port' in details ? { ...details, port } : details;
  return { ...system, process: { ...system.process, url, details: shown } };
}

async function faulty(system: OutsideSystem, restart: () => Promise<void>): Promise<FaultySystem> {
  const proxy = await openTcpProxy(wireOf(system));
  return {
    proxy,
    seen: behind(system, proxy.port),
    dial: async (changes) => {
      await system.turn(changes);
    },
    script: (list) => system.script(list),
    act: (name, input) => system.act(name, input),
    scripts: async () =>
      (await system.scripts()).map(({ script, times, fired }) => ({ name: JSON.stringify(script), times, fired })),
    ledger: async () => system.entries(),
    restart,
  };
}

const notOfThis = (what: string) => async (): Promise<never> => {
  throw new Error(what);
};

/** A second life of the simulated ERP, on the same ports and books. */
function erpRestarter(systems: OutsideSystems, directory: string, lives: { stop(): Promise<void> }[]) {
  return async (): Promise<void> => {
    const { process, ledgerFile } = systems.erp;
    await (lives.at(-1) as { kill?: () => Promise<void> } | undefined)?.kill?.();
    await process.kill();
    lives.push(
      await startSimulator({
        kind: 'erp',
        worldFile: join(directory, 'world.json'),
        ledgerFile,
        port: wireOf(systems.erp).port,
        controlPort: Number(new URL(process.control).port),
        readyWithinMs: 60_000,
      }),
    );
  };
}

/** Starts the simulated systems, each in a process of its own behind a proxy. */
export async function startFaultySystems(directory: string, world: World): Promise<FaultySystems> {
  const systems = await startSystems(directory, world);
  const lives: { stop(): Promise<void> }[] = [];
  const stays = notOfThis('this simulator keeps nothing over its end: only the ERP can be restarted');
  const all = {
    erp: await faulty(systems.erp, erpRestarter(systems, directory, lives)),
    crm: await faulty(systems.crm, stays),
    north: await faulty(systems.north, stays),
    south: await faulty(systems.south, stays),
  };
  return {
    ...all,
    stop: async () => {
      await Promise.all(lives.map((life) => life.stop()));
      await systems.stop();
      await Promise.all(Object.values(all).map(({ proxy }) => proxy.close()));
    },
  };
}

/** The same with a real Tryton as the ERP, whose own books are the witness. It is seeded anew: seconds, the first time minutes. */
export async function startSystemsWithTryton(directory: string, world: World, home: string): Promise<FaultySystems> {
  const simulated = await startFaultySystems(directory, world);
  try {
    const tryton = await startTrytonErp(home, join(directory, 'world.json'));
    const { url, database, password } = tryton.access;
    const target = new URL(url);
    const proxy = await openTcpProxy({ host: target.hostname, port: Number(target.port) });
    const { process } = simulated.erp.seen;
    const details = { database, password };
    const seen = {
      ...simulated.erp.seen,
      process: { ...process, url: `http://127.0.0.1:${proxy.port}`, details },
    };
    const untold = notOfThis('a real Tryton has no dials and no scripts: use its proxy');
    const erp: FaultySystem = {
      proxy,
      seen,
      dial: untold,
      script: untold,
      act: untold,
      scripts: async () => [],
      ledger: () => tryton.ledger(),
      restart: untold,
    };
    return {
      ...simulated,
      erp,
      stop: async () => {
        await tryton.stop();
        await proxy.close();
        await simulated.stop();
      },
    };
  } catch (thrown) {
    await simulated.stop();
    throw thrown;
  }
}

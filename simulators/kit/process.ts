import { parseArgs } from 'node:util';
import type { Action, ControlNeeds } from './control.ts';
import { startControl } from './control.ts';
import { type Ledger, openLedger, readLedger } from './ledger.ts';
import { readWorld, type World } from './world.ts';

/** How a simulator was started. */
export interface SimulatorArguments {
  readonly world: string;
  readonly ledger: string;
  /** 0: a free one. */
  readonly port: number;
  /** 0: a free one. */
  readonly controlPort: number;
  readonly seed: number;
  /** The warehouse that it stands for; only where the simulator asks for one. */
  readonly site?: string;
}

const usage = '--world FILE --ledger FILE [--port N] [--control-port N] [--site SITE] [--seed N]';

function wholeNumber(name: string, text: string, maximum: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > maximum) {
    throw new Error(`--${name} must be a whole number from 0 to ${maximum}, not ${JSON.stringify(text)}`);
  }
  return value;
}

function needed(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Error(`--${name} is missing; usage: ${usage}`);
  return value;
}

/** Reads the command line of a simulator. Throws an `Error` that names the argument and shows the usage. */
export function simulatorArguments(argv: readonly string[]): SimulatorArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { world: text, ledger: text, port: text, 'control-port': text, site: text, seed: text },
  });
  return {
    world: needed('world', values.world),
    ledger: needed('ledger', values.ledger),
    port: wholeNumber('port', values.port ?? '0', 65_535),
    controlPort: wholeNumber('control-port', values['control-port'] ?? '0', 65_535),
    seed: wholeNumber('seed', values.seed ?? '1', 4_294_967_295),
    ...(values.site === undefined ? {} : { site: needed('site', values.site) }),
  };
}

/** What a simulator is made from. */
export interface SimulatorNeeds {
  readonly world: World;
  readonly ledger: Ledger;
  readonly port: number;
  readonly seed: number;
  /** Present when the simulator stands for one warehouse. */
  readonly site?: string;
}

/** A simulator that runs. */
export interface Simulator {
  /** Where its own wire is, e.g. `http://127.0.0.1:40001` or `sftp://127.0.0.1:40002`. */
  readonly url: string;
  /** More members of the ready line, e.g. a user name and password. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly dials: ControlNeeds['dials'];
  readonly scripts: ControlNeeds['scripts'];
  readonly actions: Readonly<Record<string, Action>>;
  stop(): Promise<void>;
}

export interface SimulatorKind {
  /** The ledger's system name; a simulator of one warehouse adds the site, e.g. `wms` → `wms-NORTH`. */
  readonly name: string;
  readonly perSite: boolean;
  readonly start: (needs: SimulatorNeeds) => Promise<Simulator>;
}

function siteOf(kind: SimulatorKind, given: SimulatorArguments, world: World): string | undefined {
  if (!kind.perSite) {
    if (given.site !== undefined) throw new Error(`--site has no meaning for ${kind.name}; leave it out`);
    return undefined;
  }
  const site = needed('site', given.site);
  if (!world.sites.some((known) => known.site === site)) {
    throw new Error(`--site ${site} is not in the world; it has ${world.sites.map((known) => known.site).join(', ')}`);
  }
  return site;
}

/** Resolves when somebody wants this process to end: a signal, or its parent is gone (standard input closed). */
const endAsked = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
    process.stdin.once('end', () => resolve());
    process.stdin.once('error', () => resolve());
    process.stdin.resume();
  });

async function run(kind: SimulatorKind): Promise<void> {
  const given = simulatorArguments(process.argv.slice(2));
  const world = await readWorld(given.world);
  const site = siteOf(kind, given, world);
  const ledger = openLedger(given.ledger, site === undefined ? kind.name : `${kind.name}-${site}`);
  const { port, seed } = given;
  const simulator = await kind.start({ world, ledger, port, seed, ...(site === undefined ? {} : { site }) });
  const control = await startControl({ ...simulator, ledger: () => readLedger(given.ledger) }, given.controlPort);
  const end = endAsked();
  const ready = { ready: true, url: simulator.url, control: control.url, ...simulator.details };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  await end;
  await control.close();
  await simulator.stop();
  await ledger.close();
}

/**
 * The whole of a simulator's `main.ts`: reads the command line and the world, opens the ledger, starts the simulator and its
 * control server, prints the ready line, and ends when asked. What is wrong goes to standard error with exit code 1.
 */
export async function runSimulator(kind: SimulatorKind): Promise<void> {
  try {
    await run(kind);
    process.exit(0);
  } catch (thrown) {
    process.stderr.write(`${kind.name}: ${thrown instanceof Error ? thrown.message : thrown}\n`);
    process.exit(1);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface SimulatorStart {
  readonly kind: 'erp' | 'crm' | 'wms';
  readonly worldFile: string;
  readonly ledgerFile: string;
  /** The warehouse; for `wms` only. */
  readonly site?: string;
  /** Default 1. */
  readonly seed?: number;
  /** Default: a free one. Give the former one to come back where it was. */
  readonly port?: number;
  readonly controlPort?: number;
  /** More of its command line, for a simulator of another folder (tests). */
  readonly main?: string;
  /** Default 20,000. */
  readonly readyWithinMs?: number;
}

/** A simulator in a process of its own. */
export interface StartedSimulator {
  readonly url: string;
  /** Base URL of its control server. */
  readonly control: string;
  /** Its whole ready line. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Asks it to end and waits; after 5 seconds it is killed. */
  stop(): Promise<void>;
  /** Kills it at once (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
}

const mainOf = (kind: string): string => fileURLToPath(new URL(`../${kind}/main.ts`, import.meta.url));

function commandLine(start: SimulatorStart): string[] {
  const given: readonly (readonly [string, string | number | undefined])[] = [
    ['--world', start.worldFile],
    ['--ledger', start.ledgerFile],
    ['--port', start.port],
    ['--control-port', start.controlPort],
    ['--site', start.site],
    ['--seed', start.seed],
  ];
  const words = given.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
  return [start.main ?? mainOf(start.kind), ...words];
}

/** The first line that it prints, or an `Error` with what it said instead. */
function readyLine(child: ChildProcess, kind: string, withinMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let complaints = '';
    const refuse = (why: string) =>
      reject(new Error(`simulator ${kind} ${why}${complaints && `: ${complaints.trim()}`}`));
    const timer = setTimeout(() => refuse(`was not ready within ${withinMs} ms`), withinMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString('utf8')).slice(-4_000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
      const end = out.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(out.slice(0, end));
    });
    child.once('error', (thrown) => refuse(`could not be started (${thrown.message})`));
    child.once('close', (code) => {
      clearTimeout(timer);
      refuse(`ended with ${code} before it was ready`);
    });
  });
}

/** Starts a simulator and waits until it is ready. Throws an `Error` with what it complained about. It ends with this process. */
export async function startSimulator(start: SimulatorStart): Promise<StartedSimulator> {
  const child = spawn(process.execPath, commandLine(start), { stdio: ['pipe', 'pipe', 'pipe'] });
  const gone = once(child, 'exit').catch(() => []);
  const endWith = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  // Standard input is only a sign of life; writing to a dead one must not bring us down.
  child.stdin.on('error', () => undefined);
  try {
    const line = await readyLine(child, start.kind, start.readyWithinMs ?? 20_000);
    const details = JSON.parse(line) as Readonly<Record<string, unknown>> & { url: string; control: string };
    return {
      url: details.url,
      control: details.control,
      details,
      pid: child.pid ?? 0,
      stop: async () => {
        const impatient = setTimeout(() => child.kill('SIGKILL'), 5_000);
        await endWith('SIGTERM');
        clearTimeout(impatient);
      },
      kill: () => endWith('SIGKILL'),
    };
  } catch (thrown) {
    child.kill('SIGKILL');
    throw thrown;
  }
}

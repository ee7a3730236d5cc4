import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Audit, Counted, CrashPlan, NodeOptions, Order, Passed, Report } from './platform-messages.ts';

/** A Crossdock in a process of its own. */
export interface PlatformProcess {
  readonly url: string;
  readonly pid: number;
  /** How many lines of its source were changed for it. */
  readonly mutations: number;
  /** Counts the boundaries from now on; with a plan, the process kills itself there. */
  watch(plan?: CrashPlan): Promise<void>;
  /** What it passed since `watch`. */
  passed(): Promise<readonly Passed[]>;
  audit(runs: readonly { readonly flow: string; readonly key: string }[]): Promise<Audit>;
  count(items: readonly string[]): Promise<readonly Counted[]>;
  /** Keeps its event loop busy; resolves when it is over. */
  block(milliseconds: number): Promise<void>;
  /** Fills its memory until it ends of it; answers how it ended. */
  exhaustMemory(): Promise<string>;
  /** Ends as `serve` does on SIGTERM; answers its exit code. */
  endInOrder(): Promise<string>;
  /** Resolves with the signal that ended it (or its exit code) when it has ended. */
  readonly ended: Promise<string>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** One that has loaded its modules and waits to be told to start, so that a restart is quick. */
export interface SparePlatform {
  start(): Promise<PlatformProcess>;
  kill(): Promise<void>;
}

const main = fileURLToPath(new URL('./platform-main.ts', import.meta.url));
const answerWithinMs = 60_000;

/** Waits for its next report; throws when it fails, ends, or is silent for too long. */
function nextReport(child: ChildProcess): Promise<Report> {
  const { promise, resolve, reject } = Promise.withResolvers<Report>();
  const heard = (told: unknown): void => {
    const report = told as Report;
    if (report.is === 'failed') reject(new Error(report.why));
    else resolve(report);
  };
  const gone = (): void => reject(new Error(`the platform's process ended with ${child.signalCode ?? child.exitCode}`));
  const silent = (): void => reject(new Error(`the platform's process said nothing for ${answerWithinMs} ms`));
  const timer = setTimeout(silent, answerWithinMs);
  child.once('message', heard);
  child.once('exit', gone);
  if (child.exitCode !== null || child.signalCode !== null) gone();
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', heard);
    child.off('exit', gone);
  });
}

async function tell<Is extends Report['is']>(
  child: ChildProcess,
  order: Order,
  is: Is,
): Promise<Extract<Report, { readonly is: Is }>> {
  const answer = nextReport(child);
  // A channel that is closed belongs to a process whose end is about to be noticed.
  child.send(order, () => undefined);
  const report = await answer;
  if (report.is !== is) throw new Error(`the platform's process said ${report.is}, not ${is}`);
  return report as Extract<Report, { readonly is: Is }>;
}

export interface PlatformStart {
  /** A temporary folder. */
  readonly directory: string;
  readonly databaseUrl: string;
  readonly configuration: object;
  readonly node?: NodeOptions;
  /** More of its command line, before its script. */
  readonly execArgv?: readonly string[];
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a process that loads Crossdock; it ends with this one. */
export function preparePlatform(start: PlatformStart): SparePlatform {
  const { directory, databaseUrl, configuration, node, execArgv = [] } = start;
  // The second process and those after it load what the first compiled.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled'), ...start.env };
  const child = fork(main, { execArgv: [...execArgv], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env });
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  const ended = exit.then(([code, signal]) => String(signal ?? code));
  const loaded = nextReport(child);
  // Told to whoever starts it; until then nobody may be waiting.
  loaded.catch(() => undefined);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    kill,
    start: async () => {
      await loaded;
      const order: Order = { do: 'start', databaseUrl, configuration, ...(node === undefined ? {} : { node }) };
      const { url, mutations } = await tell(child, order, 'started');
      return {
        url,
        pid: child.pid ?? 0,
        mutations,
        ended,
        kill,
        watch: async (plan) => {
          await tell(child, { do: 'watch', ...(plan === undefined ? {} : { plan }) }, 'watching');
        },
        passed: async () => (await tell(child, { do: 'tell' }, 'passed')).passed,
        audit: async (runs) => (await tell(child, { do: 'audit', runs }, 'audited')).audit,
        count: async (items) => (await tell(child, { do: 'count', items }, 'counted')).positions,
        block: async (milliseconds) => {
          await tell(child, { do: 'block', milliseconds }, 'blocked');
        },
        exhaustMemory: () => {
          child.send({ do: 'exhaust' } satisfies Order, () => undefined);
          return ended;
        },
        endInOrder: () => {
          child.send({ do: 'end' } satisfies Order, () => undefined);
          return ended;
        },
      };
    },
  };
}

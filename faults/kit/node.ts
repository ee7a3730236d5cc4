import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Audit,
  type Counted,
  type CrashPlan,
  createOrdersApi,
  type NodeOptions,
  type OrdersApi,
  type Passed,
  type PlatformProcess,
  type PlatformStart,
  preparePlatform,
  type SparePlatform,
} from '../../test/index.ts';
import { changedProgram, type SourceChange } from './changed-program.ts';
import type { TcpProxy } from './tcp-proxy.ts';

/** A boundary that a node passed, and when. */
export interface Traced extends Passed {
  /** Epoch, ms. */
  readonly at: number;
}

/** A death that was planned for a node. */
export interface PlannedDeath {
  isDead(): boolean;
  /** It is to live after all. */
  disarm(): Promise<void>;
}

/** One Crossdock process among those that share the database. */
export interface FaultyNode {
  readonly name: string;
  /** Between it and PostgreSQL. */
  readonly database: TcpProxy;
  /** It runs, and does not stand still. */
  isUp(): boolean;
  /** Where it answers; throws while it is down. */
  url(): string;
  /** The public API, at this node. Nothing is sent again by itself. */
  readonly api: OrdersApi;
  /** The next process is another program: its source is changed while it is loaded; none: as it is. */
  becomes(changes: readonly SourceChange[]): Promise<void>;
  /** SIGKILL; it stays down until `start`. */
  kill(): Promise<void>;
  /** Loads the next process now, so that `start` is quick. */
  prepare(): void;
  start(): Promise<void>;
  /** SIGSTOP: every thread stands still. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Kills itself at a durability boundary; whoever waits for its end may `start` it again. */
  dieAt(plan: CrashPlan): Promise<PlannedDeath>;
  /** Resolves when the process that runs now has ended. */
  ended(): Promise<void>;
  deaths(): number;
  block(milliseconds: number): Promise<void>;
  /** Fills its memory until it ends; answers how it ended. It stays down until `start`. */
  exhaustMemory(): Promise<string>;
  /** Ends as it does on SIGTERM; answers its exit code. It stays down until `start`. */
  endInOrder(): Promise<string>;
  audit(runs: readonly { readonly flow: string; readonly key: string }[]): Promise<Audit>;
  count(items: readonly string[]): Promise<readonly Counted[]>;
  /** Memory that it holds now, in MB; 0 while it is down. */
  residentMb(): number;
  /** Every boundary that it passed, in all its lives. */
  trace(): readonly Traced[];
  mutations(): number;
  stop(): Promise<void>;
}

export interface NodeNeeds {
  readonly name: string;
  readonly directory: string;
  readonly database: TcpProxy;
  readonly start: Omit<PlatformStart, 'directory' | 'node'>;
  readonly engine: Readonly<Record<string, string | number>>;
  readonly poolSize: number;
  readonly plan?: NonNullable<NodeOptions['plan']>;
  /** A folder beside the database where it keeps what it saw of it. */
  readonly evidence?: string;
  readonly apiKey: string;
  /** It ended and nobody had asked for it. */
  readonly endedByItself: (node: string, how: string) => void;
}

/** What the kernel says that a process has in memory. */
/** Nothing when it has just ended. */
function residentMb(pid: number): number {
  let text = '';
  try {
    text = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ESRCH')))
      throw thrown;
  }
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1_024);
}

function linesOf(file: string): readonly Traced[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Traced]));
}

/** A node that is down; `start` it. */
export function createNode(needs: NodeNeeds): FaultyNode {
  const { name, directory } = needs;
  const traceFile = join(directory, `${name}.trace.jsonl`);
  const { poolSize, plan, evidence } = needs;
  const node = {
    traceFile,
    poolSize,
    engine: { ...needs.engine, node: name },
    ...(plan === undefined ? {} : { plan }),
    ...(evidence === undefined ? {} : { evidence }),
  };
  let program: Pick<PlatformStart, 'execArgv' | 'env'> = needs.start;
  let spare: SparePlatform | undefined;
  let current: PlatformProcess | undefined;
  let mutations = 0;
  let deaths = 0;
  let isAskedToEnd = false;
  let isArmed = false;
  let isPaused = false;
  let end: Promise<void> = Promise.resolve();
  /** One order at a time: the answers carry no number. */
  let last: Promise<unknown> = Promise.resolve();

  const prepare = (): SparePlatform => {
    spare ??= preparePlatform({ ...needs.start, ...program, directory, node });
    return spare;
  };
  const running = (): PlatformProcess => {
    if (current === undefined) throw new Error(`${name} is down`);
    return current;
  };
  function inTurn<Result>(work: (process: PlatformProcess) => Promise<Result>): Promise<Result> {
    const turn = last.then(() => work(running()));
    last = turn.catch(() => undefined);
    return turn;
  }
  const signal = (which: 'SIGSTOP' | 'SIGCONT'): void => void process.kill(running().pid, which);

  const self: FaultyNode = {
    name,
    database: needs.database,
    isUp: () => current !== undefined && !isPaused,
    url: () => running().url,
    api: createOrdersApi(() => running().url, needs.apiKey),
    becomes: async (changes) => {
      program = changes.length === 0 ? needs.start : changedProgram(needs.start, changes);
      await spare?.kill();
      spare = undefined;
    },
    prepare: () => void prepare(),
    start: async () => {
      if (current !== undefined) return;
      const taken = prepare();
      spare = undefined;
      const started = await taken.start().catch(async (thrown: unknown) => {
        await taken.kill();
        throw thrown;
      });
      current = started;
      mutations = started.mutations;
      isAskedToEnd = false;
      isArmed = false;
      isPaused = false;
      end = started.ended.then((how) => {
        if (current === started) current = undefined;
        deaths += 1;
        if (!isAskedToEnd && !(isArmed && how === 'SIGKILL')) needs.endedByItself(name, how);
      });
    },
    kill: async () => {
      isAskedToEnd = true;
      await current?.kill();
      await end;
    },
    pause: () => {
      isPaused = true;
      signal('SIGSTOP');
    },
    resume: () => {
      signal('SIGCONT');
      isPaused = false;
    },
    dieAt: async (plan) => {
      const before = deaths;
      isArmed = true;
      await inTurn((process) => process.watch(plan)).catch(() => undefined);
      return {
        isDead: () => deaths > before,
        disarm: async () => {
          if (deaths === before) await inTurn((process) => process.watch()).catch(() => undefined);
        },
      };
    },
    ended: () => end,
    deaths: () => deaths,
    block: (milliseconds) => inTurn((process) => process.block(milliseconds)),
    exhaustMemory: async () => {
      isAskedToEnd = true;
      const how = await running().exhaustMemory();
      await end;
      return how;
    },
    endInOrder: async () => {
      isAskedToEnd = true;
      const how = await running().endInOrder();
      await end;
      return how;
    },
    audit: (runs) => inTurn((process) => process.audit(runs)),
    count: (items) => inTurn((process) => process.count(items)),
    residentMb: () => (current === undefined ? 0 : residentMb(current.pid)),
    trace: () => linesOf(traceFile),
    mutations: () => mutations,
    stop: async () => {
      isAskedToEnd = true;
      // A paused one cannot even be asked.
      await Promise.all([current?.kill(), spare?.kill()]);
      await end;
    },
  };
  return self;
}

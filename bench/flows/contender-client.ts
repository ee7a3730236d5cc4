import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ContenderOptions } from './contender.ts';
import type { Asked, Told } from './contender-process.ts';
import type { Drive, Driven } from './drive.ts';

/** A contender in a process of its own. */
export interface ContenderClient {
  readonly name: string;
  /** Of its process; of a group, of the first. */
  readonly pid: number;
  /** From its process's start until it could be driven, ms. */
  readonly startedInMs: number;
  /** Drives it; `opened` and `closed` are awaited at the window's edges, while the load goes on. */
  drive(how: Drive, edges: Edges): Promise<Driven>;
  close(): Promise<void>;
}

export interface Edges {
  readonly opened: () => Promise<void>;
  readonly closed: () => Promise<void>;
}

export const contenderName = ({ kind, pool }: ContenderOptions): string =>
  pool === undefined ? kind : `${kind} ${pool}`;

const script = fileURLToPath(new URL('./contender-process.ts', import.meta.url));

/** Starts it. `nodeFlags` e.g. for a profile. Throws when it cannot start. */
export async function startContender(
  options: ContenderOptions,
  nodeFlags: readonly string[] = [],
): Promise<ContenderClient> {
  const name = contenderName(options);
  const begun = performance.now();
  const child: ChildProcess = fork(script, [JSON.stringify(options)], {
    serialization: 'advanced',
    execArgv: [...nodeFlags],
  });
  let hear: (told: Told) => void = () => undefined;
  let fail: (because: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (told: Told) => {
    if (told.told === 'broken') fail(new Error(`${name}: ${told.because}`));
    else hear(told);
  });
  child.once('exit', (code) => fail(new Error(`${name} ended with ${code}`)));

  /** Hears what is told until `told` says that it is over. */
  const listen = (ask: Asked | undefined, told: (told: Told) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      fail = reject;
      hear = (message) => {
        if (told(message)) resolve();
      };
      if (ask) child.send(ask);
    });

  await listen(undefined, ({ told }) => told === 'ready');
  return {
    name,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - begun,
    drive: async (how, edges) => {
      let driven: Driven | undefined;
      const seen: Promise<void>[] = [];
      await listen({ ask: 'drive', drive: how }, (told) => {
        if (told.told === 'opened') seen.push(edges.opened());
        if (told.told === 'closed') {
          driven = told.driven;
          seen.push(edges.closed());
        }
        return told.told === 'drained';
      });
      await Promise.all(seen);
      if (driven === undefined) throw new Error(`${name} told nothing of its window`);
      return driven;
    },
    close: async () => {
      fail = () => undefined;
      if (child.connected) child.send({ ask: 'close' } satisfies Asked);
      await ended;
    },
  };
}

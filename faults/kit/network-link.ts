import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const relayProgram = fileURLToPath(new URL('./namespace-relay.ts', import.meta.url));

interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * A network of two ends between us and a target, whose packets can be dropped. Other than a proxy that swallows, TCP sends them
 * again when it is whole: what was written into the gap arrives late.
 */
export interface NetworkLink {
  /** Whoever connects there reaches the target over the link. */
  readonly target: Target;
  /** Drops packets towards the target, those from it, or all. */
  drop(which: 'to' | 'from' | 'all'): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

const ip = async (...words: readonly string[]): Promise<void> => {
  await run('ip', [...words]);
};

/** Why there can be no such link here; undefined when there can. */
export function linkNotHere(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root makes network namespaces';
  const name = `cdf-try-${process.pid}`;
  try {
    const words =
      'set -e; ip netns add "$0"; trap \'ip netns del "$0"\' EXIT; ip -n "$0" link add v0 type veth peer name v1';
    execFileSync('/bin/sh', ['-c', words, name], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'ip netns and veth do not work here';
  }
}

/** Carries what comes to the socket on to the target. */
async function forwardFrom(socketFile: string, target: Target) {
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ ...target, allowHalfOpen: true, noDelay: true });
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const each of [near, far]) each.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(socketFile);
  await once(server, 'listening');
  return server;
}

/** Opens the `place`th link of this process to `target`; its files lie in `directory`. */
export async function openNetworkLink(target: Target, directory: string, place: number): Promise<NetworkLink> {
  const id = `${process.pid}-${place}`;
  const space = `cdf-${id}`;
  const [near, far] = [`cdn${id}`, `cdm${id}`];
  // Of the block that is set aside for benchmarks of networks: nobody routes there.
  const net = `198.18.${process.pid % 256}.${(place % 60) * 4}`.replace(/\d+$/, '');
  const [ours, theirs] = [`${net}${(place % 60) * 4 + 1}`, `${net}${(place % 60) * 4 + 2}`];
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end().catch(() => undefined);
  };
  try {
    const socketFile = join(directory, `link-${place}.socket`);
    const forwarder = await forwardFrom(socketFile, target);
    ends.push(async () => {
      forwarder.close();
      await rm(socketFile, { force: true });
    });
    await ip('netns', 'add', space);
    ends.push(() => ip('netns', 'del', space));
    await ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', space);
    await ip('addr', 'add', `${ours}/30`, 'dev', near);
    await ip('link', 'set', near, 'up');
    await ip('-n', space, 'addr', 'add', `${theirs}/30`, 'dev', far);
    await ip('-n', space, 'link', 'set', far, 'up');
    const relay = spawn('ip', ['netns', 'exec', space, process.execPath, relayProgram, theirs, socketFile], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    ends.push(async () => {
      relay.kill('SIGKILL');
    });
    const [told] = (await once(relay.stdout, 'data')) as [Buffer];
    const dropTo = ['route', 'add', 'blackhole', `${theirs}/32`] as const;
    const dropFrom = ['-n', space, 'route', 'add', 'blackhole', `${ours}/32`] as const;
    const undo: (readonly string[])[] = [];
    const heal = async (): Promise<void> => {
      for (const words of undo.splice(0)) await ip(...words);
    };
    const drop = async (words: readonly string[]): Promise<void> => {
      await ip(...words);
      undo.push(words.map((word) => (word === 'add' ? 'del' : word)));
    };
    return {
      target: { host: theirs, port: Number(told.toString()) },
      drop: async (which) => {
        await heal();
        if (which !== 'from') await drop(dropTo);
        if (which !== 'to') await drop(dropFrom);
      },
      heal,
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

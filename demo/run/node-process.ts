import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NodeStart, NodeWord } from './node-words.ts';

/** A node of the demo's platform. */
export interface DemoNode {
  readonly url: string;
  /** In order. */
  stop(): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

const main = fileURLToPath(new URL('../node.ts', import.meta.url));

/** Starts a node in a process of its own; throws what it complains of. */
export async function startNode(start: NodeStart): Promise<DemoNode> {
  const child = fork(main, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  child.send(start);
  const word = await Promise.race([
    once(child, 'message').then(([said]) => said as NodeWord),
    ended.then((): NodeWord => ({ failed: 'its process ended' })),
  ]);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  if ('failed' in word) {
    await kill();
    throw new Error(`a node of the platform did not start: ${word.failed}`);
  }
  return {
    url: word.url,
    kill,
    stop: async () => {
      if (child.connected) child.send('stop');
      await ended;
    },
  };
}

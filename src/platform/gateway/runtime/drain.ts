import type { Server } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const openConnections = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((thrown, count) => (thrown ? reject(thrown) : resolve(count)));
  });

/**
 * Takes no new connections from now on, and gives those that are open time to end by themselves: a request that is on its way while an
 * idle connection is closed would be lost, and its sender could not know. HTTP's own `close` ends idle connections at once.
 */
export async function drain(server: Server, forMs: number): Promise<void> {
  if (forMs <= 0 || !server.listening) return;
  TcpServer.prototype.close.call(server);
  for (const until = performance.now() + forMs; performance.now() < until; await wait(20))
    if ((await openConnections(server)) === 0) return;
}

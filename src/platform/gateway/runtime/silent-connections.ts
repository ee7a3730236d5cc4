import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const everyMs = 50;

/**
 * Knows the connections on which nothing was ever asked, as browsers open them for later. HTTP's own `close` waits for them for ever.
 * Answers what ends them, until its work is done.
 */
export function watchSilentConnections(server: Server): (work: Promise<void>) => Promise<void> {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return async (work) => {
    const end = (): void => {
      for (const socket of silent) socket.destroy();
    };
    const ending = setInterval(end, everyMs);
    await work.finally(() => clearInterval(ending));
  };
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A door before the platform that can be shut, as when the platform's process is killed. */
export interface Doorway {
  readonly url: string;
  /** Every connection breaks, and nobody answers any more. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** Opens one before the address, at a port of its own. */
export async function openDoorway(to: string): Promise<Doorway> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  const server = createServer((inward) => {
    const outward = connect(Number(target.port), target.hostname);
    for (const [one, other] of [[inward, outward] as const, [outward, inward] as const]) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    shut: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    open: async () => {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to PostgreSQL on which answers can be held back: they come late, and none is lost. */
export interface HeldWire {
  readonly url: string;
  hold(): void;
  /** Lets the answers come on each connection, but not on those that were asked this. */
  release(except?: string): void;
  close(): void;
}

export async function openHeldWire(target: string): Promise<HeldWire> {
  const url = new URL(target);
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket; asked: string }>();
  let isHeld = false;
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    const pair = { near, far, asked: '' };
    pairs.add(pair);
    if (isHeld) far.pause();
    near.on('data', (data) => {
      pair.asked += data.toString('latin1');
      far.write(data);
    });
    far.on('data', (data) => near.write(data));
    if (isHeld) far.pause();
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ours = new URL(target);
  ours.port = String((server.address() as AddressInfo).port);
  return {
    url: ours.href,
    hold: () => {
      isHeld = true;
      for (const { far } of pairs) far.pause();
    },
    release: (except) => {
      isHeld = false;
      for (const { far, asked } of pairs) if (except === undefined || !asked.includes(except)) far.resume();
    },
    close: () => {
      server.close();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
  };
}

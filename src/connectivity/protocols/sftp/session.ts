import { connect, type Socket } from 'node:net';
import type { SFTPWrapper } from 'ssh2';
import SftpClient from 'ssh2-sftp-client';
import { Fault } from '#model/kernel';
import { connectFault } from './faults.ts';
import { isHostKey } from './host-key.ts';
import type { SftpSettings } from './settings.ts';

/** One connection that is up. */
export interface Session {
  readonly wire: SFTPWrapper;
  /** Rejects when the connection is gone; never resolves. */
  readonly lost: Promise<never>;
  isOpen(): boolean;
  /** Cuts the connection with a reset, so that nothing under way can still arrive. */
  reset(): void;
  end(): Promise<void>;
}

const place = ({ host, port }: SftpSettings): string => `sftp://${host}:${port}`;

/** Connects with a socket of our own, for only its owner can reset it. */
function openSocket(settings: SftpSettings, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: settings.host, port: settings.port, noDelay: true });
    const fail = (thrown: unknown) => {
      socket.destroy();
      reject(connectFault(thrown, place(settings)));
    };
    const timer = setTimeout(() => fail(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(timer));
  });
}

/** Connects and logs in. Throws a `Fault`: nothing was done. */
export async function openSession(settings: SftpSettings, timeoutMs: number): Promise<Session> {
  const socket = await openSocket(settings, timeoutMs);
  let open = true;
  let refusedKey = false;
  let lose: (reason: Error) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => undefined);
  const onLost = () => {
    open = false;
    lose(new Error('the connection was lost'));
  };
  socket.once('close', onLost);
  socket.on('error', onLost);
  const client = new SftpClient('crossdock', { error: onLost, end: onLost, close: onLost });
  const { username, password, privateKey } = settings;
  try {
    const wire = await client.connect({
      sock: socket,
      username,
      ...(password === undefined ? {} : { password }),
      ...(privateKey === undefined ? {} : { privateKey }),
      readyTimeout: timeoutMs,
      keepaliveInterval: 10_000,
      hostVerifier: (key: Buffer) => {
        refusedKey = !isHostKey(key, settings.hostKey);
        return !refusedKey;
      },
    });
    // Many requests may be under way at once; each of them listens for the end.
    wire.setMaxListeners(0);
    return {
      wire,
      lost,
      isOpen: () => open,
      reset: () => {
        onLost();
        socket.resetAndDestroy();
      },
      end: async () => {
        if (open) await client.end().catch(() => undefined);
        onLost();
        socket.destroy();
      },
    };
  } catch (thrown) {
    socket.destroy();
    if (!refusedKey) throw connectFault(thrown, place(settings));
    const message = `the key of ${place(settings)} is not the one in the settings: find out why before you change hostKey`;
    throw new Fault('permanent', { code: 'sftp-host-key-changed', message }, thrown);
  }
}

import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import type { Weather } from '../kit/index.ts';
import type { Folders } from './folders.ts';
import { type Perform, serveSession } from './sftp-requests.ts';

export interface SftpServerNeeds {
  readonly folders: Folders;
  readonly hostKey: string;
  readonly username: string;
  readonly password: string;
  /** Drawn once for each request. */
  readonly weather: () => Weather;
  /** 0: a free one. */
  readonly port: number;
}

export interface SftpServer {
  readonly port: number;
  /** Cuts every connection, as an outage does. */
  dropConnections(): void;
  stop(): Promise<void>;
}

const { STATUS_CODE } = ssh2.utils.sftp;

const same = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** The socket beneath a connection; ssh2 keeps it private, and only cutting it is abrupt. */
const cut = (connection: Connection): void => {
  const { _sock: socket } = connection as unknown as { readonly _sock?: { destroy(): void } };
  if (socket === undefined) connection.end();
  else socket.destroy();
};

/** Starts a real SFTP server on 127.0.0.1 that serves the folders under the weather that the dials make. */
export function startSftpServer(needs: SftpServerNeeds): Promise<SftpServer> {
  const connections = new Set<Connection>();

  const performOn =
    (connection: Connection, refuse: (request: number) => void): Perform =>
    (request, weight, act) => {
      const { delayMs, outage, fail, loseAnswer, retryAfterSeconds } = needs.weather();
      const perform = () => {
        if (!connections.has(connection)) return;
        if (outage) cut(connection);
        else if (weight !== 'piece' && (fail || retryAfterSeconds !== undefined)) refuse(request);
        else {
          const answer = act();
          if (weight === 'change' && loseAnswer) cut(connection);
          else answer();
        }
      };
      if (delayMs === 0) perform();
      else setTimeout(perform, delayMs).unref();
    };

  const authenticate = (context: AuthContext) => {
    const good =
      context.method === 'password' && same(context.username, needs.username) && same(context.password, needs.password);
    if (good) context.accept();
    else context.reject(['password']);
  };

  const server = new ssh2.Server({ hostKeys: [needs.hostKey] }, (connection) => {
    connections.add(connection);
    // Small answers at once: otherwise each request waits for a delayed acknowledgement of TCP.
    (connection as Connection & { setNoDelay(noDelay: boolean): void }).setNoDelay(true);
    connection.on('close', () => connections.delete(connection));
    // A client that goes away is not our trouble.
    connection.on('error', () => undefined);
    if (needs.weather().outage) {
      cut(connection);
      return;
    }
    connection.on('authentication', authenticate);
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => {
        const wire = acceptSftp();
        const perform = performOn(connection, (request) => wire.status(request, STATUS_CODE.FAILURE));
        serveSession(wire, needs.folders, perform);
      });
    });
  });
  const dropConnections = () => {
    for (const connection of connections) cut(connection);
  };
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(needs.port, '127.0.0.1', () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        dropConnections,
        stop: () =>
          new Promise<void>((stopped) => {
            server.close(() => stopped());
            dropConnections();
          }),
      });
    });
  });
}

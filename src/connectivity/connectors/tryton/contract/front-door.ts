import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before a Tryton, counts who logs in, and can make it forget everybody. */
export interface FrontDoor {
  readonly url: string;
  logins(): number;
  /** Sessions that were in use so far are answered 401 from now on. */
  forgetSessions(): void;
  close(): void;
}

export async function openFrontDoor(target: string): Promise<FrontDoor> {
  const known = new Set<string>();
  const forgotten = new Set<string>();
  let logins = 0;
  const server: Server = createServer((incoming, outgoing) => {
    const { authorization } = incoming.headers;
    if (authorization !== undefined && forgotten.has(authorization)) {
      incoming.resume().on('end', () => outgoing.writeHead(401).end());
      return;
    }
    if (authorization === undefined) logins += 1;
    else known.add(authorization);
    const { method, headers } = incoming;
    const onward = request(
      new URL(incoming.url ?? '/', target),
      { ...(method === undefined ? {} : { method }), headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => outgoing.destroy()).pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logins: () => logins,
    forgetSessions: () => {
      for (const authorization of known) forgotten.add(authorization);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

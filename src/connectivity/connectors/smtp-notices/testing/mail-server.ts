import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that the server took. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly raw: string;
}

/** What the next mail meets: `cut-before` and `cut-after` the last byte of it; a reply code to its final dot. */
export type Weather = 'fair' | 'cut-before' | 'cut-after' | 421 | 451 | 550;

/** A real SMTP server on this machine that keeps what it takes. */
export async function startMailServer() {
  const taken: TakenMail[] = [];
  let weather: Weather = 'fair';
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('535 wrong password')),
    onRcptTo: (_, session, done) => {
      if (weather !== 'cut-before') return done();
      weather = 'fair';
      sockets.get(session.id)?.destroy();
    },
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        const met = weather;
        weather = 'fair';
        if (typeof met === 'number') return done(Object.assign(new Error('not now'), { responseCode: met }));
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        if (met === 'cut-after') sockets.get(session.id)?.destroy();
        else done(null, 'taken');
      });
    },
    onConnect: (session, done) => {
      const socket = connections.shift();
      if (socket !== undefined) sockets.set(session.id, socket);
      done();
    },
  });
  const connections: { destroy(): void }[] = [];
  const sockets = new Map<string, { destroy(): void }>();
  server.server.on('connection', (socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    taken,
    meet(next: Weather): void {
      weather = next;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

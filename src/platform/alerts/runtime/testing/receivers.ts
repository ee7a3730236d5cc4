import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks: keeps what came, answers with what it is told to. */
export interface HttpReceiver {
  readonly url: string;
  readonly received: Received[];
  answer: number;
  close(): Promise<void>;
}

const portOf = (server: { address(): unknown }): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
};

const listening = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

/** `before`: what it waits for before it answers. */
export async function startHttpReceiver(
  headers: Readonly<Record<string, string>> = {},
  before: () => Promise<void> = async () => undefined,
): Promise<HttpReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += String(part);
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      void before().then(() => response.writeHead(receiver.answer, headers).end('ok'));
    });
  });
  await listening(server);
  const receiver: HttpReceiver = {
    url: `http://127.0.0.1:${portOf(server)}/hook`,
    received,
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return receiver;
}

/** A mail server that keeps mails as they came over the wire. */
export interface MailReceiver {
  readonly port: number;
  readonly mails: { readonly to: readonly string[]; readonly text: string; readonly user: string | undefined }[];
  close(): Promise<void>;
}

export async function startMailReceiver(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const mails: MailReceiver['mails'] = [];
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'right' ? done(null, { user: username ?? '' }) : done(new Error('wrong password')),
    onData: (stream, session, done) => {
      let text = '';
      stream.on('data', (part) => {
        text += String(part);
      });
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, text, user: typeof session.user === 'string' ? session.user : undefined });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return {
    port: portOf(server.server),
    mails,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

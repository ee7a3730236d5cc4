import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Reply } from './refusal.ts';

/** A request, read whole. */
export interface Incoming {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** How an answer leaves: as it should, or spoilt in one of the ways in which real ones are. */
export interface Outgoing extends Reply {
  readonly headers?: Readonly<Record<string, string>>;
  readonly spoilt?: 'lost' | 'html' | 'truncated';
}

export interface WebServer {
  readonly url: string;
  close(): Promise<void>;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const page = '<!DOCTYPE html><html><body><h1>We are down for maintenance</h1></body></html>';

function send(response: ServerResponse, outgoing: Outgoing): void {
  const { status, body, headers = {}, spoilt } = outgoing;
  if (spoilt === 'lost') {
    response.socket?.destroy();
    return;
  }
  if (spoilt === 'html') {
    response.writeHead(200, { ...headers, 'content-type': 'text/html;charset=UTF-8' }).end(page);
    return;
  }
  const text = body === undefined ? '' : JSON.stringify(body);
  const whole = { ...headers, ...(text === '' ? {} : { 'content-type': 'application/json;charset=UTF-8' }) };
  if (spoilt === 'truncated') {
    response.writeHead(status === 204 ? 200 : status, { ...whole, 'content-type': 'application/json;charset=UTF-8' });
    response.end(text.slice(0, Math.floor(text.length / 2)) || '{"id":');
    return;
  }
  response.writeHead(status, whole).end(text);
}

/** Opens a web server on 127.0.0.1. While `closed` says so every connection is closed as it comes, and open ones too. */
export function startServer(
  port: number,
  answer: (incoming: Incoming) => Promise<Outgoing>,
  closed: () => boolean,
): Promise<WebServer> {
  const server = createServer((request, response) => {
    if (closed()) {
      request.socket.destroy();
      return;
    }
    readAll(request)
      .then((body) =>
        answer({
          method: request.method ?? 'GET',
          url: new URL(request.url ?? '/', 'http://crm'),
          authorization: request.headers.authorization,
          body,
        }),
      )
      .then(
        (outgoing) => send(response, outgoing),
        (thrown: unknown) => {
          process.stderr.write(`crm: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
          const body = [{ message: 'An unexpected error occurred', errorCode: 'UNKNOWN_EXCEPTION' }];
          send(response, { status: 500, body });
        },
      );
  });
  server.on('connection', (socket: Socket) => {
    if (closed()) socket.destroy();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

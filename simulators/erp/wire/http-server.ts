import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Reply } from './reply.ts';

/** A request, read whole. */
export interface Incoming {
  readonly verb: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** How an answer leaves: as it should, or spoilt in one of the ways in which real ones are. */
export interface Outgoing extends Reply {
  readonly spoilt?: 'lost' | 'html' | 'truncated';
}

export interface HttpServer {
  /** Scheme, host and port, with a slash at the end. */
  readonly url: string;
  /** Closes every connection that is open. */
  cut(): void;
  close(): Promise<void>;
}

const maintenance = '<!DOCTYPE html><html><body><h1>Service is being updated</h1></body></html>';

function send(response: ServerResponse, { status, headers = {}, contentType, body, spoilt }: Outgoing): void {
  if (spoilt === 'lost') response.socket?.destroy();
  else if (spoilt === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end(maintenance);
  else {
    const text = spoilt === 'truncated' ? body.slice(0, Math.floor(body.length / 2)) : body;
    response.writeHead(status, { ...headers, 'content-type': contentType, 'content-length': Buffer.byteLength(text) });
    response.end(text);
  }
}

function readAll(request: IncomingMessage, whole: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => whole(Buffer.concat(chunks).toString('utf8')));
}

/** Opens a web server on 127.0.0.1. While `closed` says so, connections are closed as they come. */
export function startHttpServer(
  port: number,
  answer: (incoming: Incoming) => Promise<Outgoing>,
  closed: () => boolean,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    if (closed()) {
      request.socket.destroy();
      return;
    }
    readAll(request, (body) => {
      const { method: verb = '', url = '/', headers } = request;
      answer({ verb, path: url.split('?', 1)[0] ?? '/', authorization: headers.authorization, body }).then(
        (outgoing) => send(response, outgoing),
        (thrown: unknown) => {
          process.stderr.write(`erp: ${thrown instanceof Error ? thrown.stack : String(thrown)}\n`);
          send(response, { status: 500, contentType: 'text/html; charset=utf-8', body: 'defect of the simulator' });
        },
      );
    });
  });
  // Longer than any client's pause, so that a connection is not closed just when it is used again.
  server.keepAliveTimeout = 120_000;
  server.on('connection', (socket: Socket) => {
    if (closed()) socket.destroy();
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        cut: () => server.closeAllConnections(),
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}

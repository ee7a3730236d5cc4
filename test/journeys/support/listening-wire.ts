import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that went over the wire. */
export interface HeardRequest {
  readonly method: string;
  readonly path: string;
  readonly traceparent: string | undefined;
}

/** A wire between Crossdock and an outside system of the web, on which one may listen. */
export interface ListeningWire {
  readonly url: string;
  /** Whither it leads; before, it answers 503. */
  lead(to: string): void;
  heard(): readonly HeardRequest[];
  close(): Promise<void>;
}

interface Passed {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Not by undici: what Crossdock's client says of its own requests must not be said twice. */
const pass = (to: string, method: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Passed> =>
  new Promise((resolve, reject) => {
    const passing = request(to, { method, headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of answer) chunks.push(chunk as Buffer);
      } catch (thrown) {
        return reject(thrown);
      }
      const { statusCode: status = 502 } = answer;
      return resolve({ status, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') });
    });
    passing.on('error', reject);
    passing.end(body);
  });

/** Those that are of one connection. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);
const kept = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.has(name)));

export async function openListeningWire(): Promise<ListeningWire> {
  const heard: HeardRequest[] = [];
  let target: string | undefined;
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/', headers } = incoming;
    const traceparent = headers.traceparent;
    heard.push({ method, path, traceparent: Array.isArray(traceparent) ? traceparent[0] : traceparent });
    if (target === undefined) {
      response.writeHead(503).end();
      return;
    }
    try {
      const answer = await pass(`${target}${path}`, method, kept(headers), Buffer.concat(chunks));
      // Where the system names its own address, it is to be found here.
      response.writeHead(answer.status, kept(answer.headers)).end(answer.body.replaceAll(target, own));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own,
    lead: (to) => {
      target = to.replace(/\/$/, '');
    },
    heard: () => [...heard],
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

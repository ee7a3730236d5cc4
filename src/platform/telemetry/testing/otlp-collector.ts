import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CollectedSpan, readOtlp } from './read-otlp.ts';

/** A collector of traces for tests, on a free port of this machine. */
export interface OtlpCollector {
  /** Its endpoint, without path. */
  readonly url: string;
  /** Every span that came, in the order in which they came. */
  spans(): readonly CollectedSpan[];
  /** How many requests came. */
  requests(): number;
  /** Answers this status from now on; default 200. `hang`: never answers. */
  answer(status: number | 'hang'): void;
  close(): Promise<void>;
}

export async function startOtlpCollector({ keeps = true } = {}): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  let requests = 0;
  let status: number | 'hang' = 200;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests += 1;
    if (status === 'hang') return;
    const isRight =
      request.method === 'POST' &&
      request.url === '/v1/traces' &&
      request.headers['content-type'] === 'application/x-protobuf';
    if (status === 200 && isRight && keeps) spans.push(...readOtlp(Buffer.concat(chunks)));
    response.writeHead(isRight ? status : 400, { 'content-type': 'application/x-protobuf' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => [...spans],
    requests: () => requests,
    answer: (next) => {
      status = next;
    },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

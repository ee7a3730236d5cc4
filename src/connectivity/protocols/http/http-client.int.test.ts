import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '#model/kernel';
import { createHttpClient, type HttpClient, type HttpOptions } from './http-client.ts';

let server: Server | undefined;
let client: HttpClient | undefined;

afterEach(async () => {
  await client?.close();
  server?.closeAllConnections();
  server?.close();
});

async function talkTo(listener: RequestListener, options: HttpOptions = {}): Promise<HttpClient> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  client = createHttpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, options);
  return client;
}

const request = (writes: boolean, signal: AbortSignal = new AbortController().signal) =>
  ({ method: 'POST', path: '/', body: '{}', writes, signal }) as const;

const faultOf = (promise: Promise<unknown>): Promise<Fault> =>
  promise.then(
    () => Promise.reject(new Error('it was answered')),
    (thrown) => thrown as Fault,
  );

describe('a request', () => {
  test('is answered with status, headers and body', async () => {
    const http = await talkTo((_, answer) => answer.writeHead(418, { 'x-tea': 'green' }).end('short and stout'));
    const answer = await http.send(request(true));
    expect([answer.status, answer.header('X-Tea'), answer.body]).toEqual([418, 'green', 'short and stout']);
  });

  test('to nobody is transient: no byte was sent', async () => {
    client = createHttpClient('http://127.0.0.1:1');
    expect(await faultOf(client.send(request(true)))).toMatchObject({ kind: 'transient', code: 'unreachable' });
  });

  test.each([
    [true, 'ambiguous'],
    [false, 'transient'],
  ])('whose connection breaks before the answer (writes: %s) is %s', async (writes, kind) => {
    const http = await talkTo((incoming) => incoming.socket.destroy());
    expect(await faultOf(http.send(request(writes)))).toMatchObject({ kind, code: 'answer-lost' });
  });

  test('whose answer breaks off in the middle is ambiguous when it writes', async () => {
    const http = await talkTo((_, answer) => {
      answer.writeHead(200, { 'content-length': '100' });
      answer.write('{"res', () => answer.destroy());
    });
    expect(await faultOf(http.send(request(true)))).toMatchObject({ kind: 'ambiguous' });
  });

  test('whose time is over is ambiguous when it writes', async () => {
    const http = await talkTo(() => undefined);
    expect(await faultOf(http.send(request(true, AbortSignal.timeout(50))))).toMatchObject({ kind: 'ambiguous' });
  });

  test('whose time was over before it began is transient: nothing was sent', async () => {
    const http = await talkTo((_, answer) => answer.end());
    expect(await faultOf(http.send(request(true, AbortSignal.abort())))).toMatchObject({ kind: 'transient' });
  });

  test('that is answered too long is not read to the end', async () => {
    const http = await talkTo((_, answer) => answer.end('x'.repeat(100_000)), { longestAnswer: 1_000 });
    expect(await faultOf(http.send(request(false)))).toMatchObject({ kind: 'permanent', code: 'answer-too-long' });
  });

  test('is not redirected', async () => {
    const http = await talkTo((_, answer) => answer.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    expect((await http.send(request(false))).status).toBe(302);
  });
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let target: Server;
let proxy: TcpProxy;
let seen: string[];

beforeEach(async () => {
  seen = [];
  target = createServer(async (request, answer) => {
    seen.push(await text(request));
    answer.end('a long enough answer');
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  proxy = await openTcpProxy({ host: '127.0.0.1', port: (target.address() as AddressInfo).port });
});
afterEach(async () => {
  await proxy.close();
  target.closeAllConnections();
  target.close();
});

async function ask(body: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${proxy.port}/`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(2_000),
  });
  return `${response.status} ${await response.text()}`;
}
const failure = (asked: Promise<string>): Promise<string> =>
  asked.then(
    (answer) => `answered ${answer}`,
    () => 'failed',
  );

test('left alone it carries everything', async () => {
  expect(await ask('hello')).toBe('200 a long enough answer');
  expect(proxy.spoilt()).toBe(0);
});

test('cut, nothing comes through until it is healed', async () => {
  proxy.cut();
  expect(await failure(ask('hello'))).toBe('failed');
  expect(seen).toEqual([]);
  proxy.heal();
  expect(await ask('hello')).toBe('200 a long enough answer');
});

test('a lost and a truncated answer: the target has done it, the caller knows nothing', async () => {
  proxy.spoil({ how: 'lose', to: 'first' });
  proxy.spoil({ how: 'truncate', to: 'second' });
  expect(await ask('other')).toBe('200 a long enough answer');
  expect(await failure(ask('first'))).toBe('failed');
  expect(await failure(ask('second'))).toBe('failed');
  expect(seen).toEqual(['other', 'first', 'second']);
  expect(proxy.spoilt()).toBe(2);
  expect(await ask('first')).toBe('200 a long enough answer');
});

test('a replaced answer was done; a refused request never arrives', async () => {
  const by = 'HTTP/1.1 503 Away\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
  proxy.spoil({ how: 'replace', by });
  expect(await ask('done')).toBe('503 ');
  proxy.spoil({ how: 'refuse', by });
  expect(await ask('not done')).toBe('503 ');
  expect(seen).toEqual(['done']);
});

test('one way: the request arrives, the answer does not', async () => {
  proxy.swallow('from');
  expect(await failure(ask('hello'))).toBe('failed');
  expect(seen).toEqual(['hello']);
  proxy.heal();
  expect(await ask('again')).toBe('200 a long enough answer');
});

test('delayed, it takes as long as it was told, each way', async () => {
  proxy.delay(100);
  const from = performance.now();
  expect(await ask('hello')).toBe('200 a long enough answer');
  expect(performance.now() - from).toBeGreaterThanOrEqual(190);
});

test('half closed, the caller sees the end and may still write', async () => {
  const socket = connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nha');
  await expect.poll(() => proxy.open()).toBe(1);
  proxy.halfClose();
  socket.resume();
  await once(socket, 'end');
  socket.write('lf');
  await expect.poll(() => seen).toEqual(['half']);
  socket.destroy();
});

test('it counts what is asked for', async () => {
  expect(proxy.requests('POST ')).toBe(0);
  await ask('one');
  await ask('two');
  expect(proxy.requests('POST ')).toBe(2);
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOutgoingFetch } from './outgoing-fetch.ts';

let server: Server;
let url: string;
let asked = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    if (request.url === '/away') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    if (request.url === '/long') return void response.end('x'.repeat(2_000_000));
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => response.end(`${request.method} ${request.headers.authorization ?? ''} ${body}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const near = createOutgoingFetch({ networks: ['127.0.0.0/8'] });

describe('asking an identity provider', () => {
  test('reaches one in a network that is allowed by name', async () => {
    const answer = await near(url, {
      method: 'POST',
      headers: new Headers({ authorization: 'Basic x' }),
      body: new URLSearchParams({ a: '1' }),
    });
    expect(await answer.text()).toBe('POST Basic x a=1');
  });

  test('makes no connection to where the rules do not allow it', async () => {
    const before = asked;
    const strict = createOutgoingFetch({});
    const port = new URL(url).port;
    for (const evil of [
      url,
      `http://localhost:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      'http://169.254.169.254/latest/meta-data',
      'http://10.0.0.1/',
      'file:///etc/passwd',
    ]) {
      await expect(strict(evil, {}), evil).rejects.toThrow();
    }
    await expect(
      createOutgoingFetch({ hosts: ['login.example.com'], networks: ['127.0.0.0/8'] })(url, {}),
    ).rejects.toThrow();
    expect(asked).toBe(before);
  });

  test('follows no redirect, and reads no book', async () => {
    expect((await near(`${url}/away`, {})).status).toBe(302);
    await expect(near(`${url}/long`, {})).rejects.toThrow('longer than');
  });
});

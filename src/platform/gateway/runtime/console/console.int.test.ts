import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { gatewayWith, type TriedGateway } from '../../testing/index.ts';
import { readConsole } from './console-files.ts';
import { acceptedEncoding } from './serve-console.ts';

const page = `<!doctype html><title>Crossdock</title><script type="module" src="/assets/index-a1.js"></script>${' '.repeat(300)}`;
const script = `console.log(${JSON.stringify('x'.repeat(5_000))})`;

let folder: string;
let own: TestDatabase;
let tried: TriedGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crossdock-console-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', 'index.html'), page);
  await writeFile(join(folder, 'dist', 'icon.svg'), '<svg/>');
  await writeFile(join(folder, 'dist', '.env'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(folder, 'dist', 'assets', 'link.txt'));
  await writeFile(join(folder, 'dist', 'assets', 'index-a1.js'), script);
  own = await testDatabase();
  tried = await gatewayWith({ database: own.database, needs: {} }, { console: { directory: join(folder, 'dist') } });
});
afterAll(async () => {
  await tried.gateway.close();
  await own.drop();
  await rm(folder, { recursive: true });
});

const ask = async (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' | 'POST' = 'GET') => {
  const { statusCode, headers: got, body } = await request(tried.url + path, { method, headers });
  return { status: statusCode, headers: got, bytes: Buffer.from(await body.arrayBuffer()) };
};

/** Exactly these bytes: no client tidies the path. */
const askRaw = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(tried.url).port), '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });

describe('the console', () => {
  test.each(['/', '/orders', '/orders/S-1.2?view=trace', '/cases/groups/a%2Fb', `/orders/${'x'.repeat(400)}`])(
    'its page stands at %s',
    async (path) => {
      const { status, headers, bytes } = await ask(path);
      expect(status).toBe(200);
      expect(bytes.toString()).toBe(page);
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  test('nothing foreign runs in it, and nobody frames it', async () => {
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  test('its assets are kept for good, its page is asked for again', async () => {
    const asset = await ask('/assets/index-a1.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const etag = String((await ask('/')).headers.etag);
    const again = await ask('/orders', { 'if-none-match': `W/"other", ${etag.replace('W/', '')}` });
    expect(again).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
    expect((await ask('/', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('is sent compressed to whoever takes that', async () => {
    const br = await ask('/assets/index-a1.js', { 'accept-encoding': 'gzip, br' });
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(brotliDecompressSync(br.bytes).toString()).toBe(script);
    const gz = await ask('/assets/index-a1.js', { 'accept-encoding': 'gzip, br;q=0' });
    expect(gz.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gz.bytes).toString()).toBe(script);
    expect((await ask('/assets/index-a1.js')).headers['content-encoding']).toBeUndefined();
    expect((await ask('/icon.svg', { 'accept-encoding': 'br' })).bytes.toString()).toBe('<svg/>');
  });

  test('HEAD is the answer without its body', async () => {
    const { status, headers, bytes } = await ask('/orders', {}, 'HEAD');
    expect(status).toBe(200);
    expect(bytes).toHaveLength(0);
    expect(headers['content-length']).toBe(String(page.length));
  });

  test.each([
    '/api',
    '/api/',
    '/api/none/v1',
    '/api/%6fther',
    '//api/x',
    '/%61pi/x',
    '/session/x',
    '/health/x',
    '/metrics/x',
  ])('an unknown address that is not its own is a problem: %s', async (path) => {
    const answer = await askRaw(path);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"code":"not-found"');
  });

  test.each([
    '/assets/gone.js',
    '/favicon.ico',
    '/robots.txt',
    '/.env',
    '/assets/link.txt',
    '/assets/',
    '/assets/../.env',
  ])('a file that is not there is not there: %s', async (path) => {
    const answer = await askRaw(path);
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).not.toContain('secret');
  });

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%252e%252e/%252e%252e/secret.txt',
    '//etc/passwd',
    '/./../secret.txt',
  ])('no path leads out of it: %s', async (path) => {
    const answer = await askRaw(path);
    expect(answer).toMatch(/^HTTP\/1.1 (200|404) /);
    expect(answer).not.toMatch(/^secret|root:/m);
  });

  test.each([
    ['/a%00b', 'NUL'],
    ['/assets/index-a1.js%00.html', 'NUL'],
    ['/%zz', 'percent'],
    ['/%ff', 'percent'],
  ])('an address that is none is malformed: %s', async (path, why) => {
    const answer = await askRaw(path);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain(why);
  });

  test('it takes no writes', async () => {
    expect((await ask('/orders', {}, 'POST')).status).toBe(404);
  });

  test('health and metrics stay what they were, and data is never a page', async () => {
    const { headers, bytes } = await ask('/health/live');
    expect(bytes.toString()).toBe('{"status":"alive"}');
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('says how it is built where it is not, and is there as soon as it is', async () => {
    const directory = join(folder, 'later');
    const other = await gatewayWith({ database: own.database, needs: {} }, { console: { directory } });
    const before = await request(`${other.url}/orders`);
    expect(before.statusCode).toBe(503);
    expect(await before.body.text()).toContain('npm run console:build');
    await other.gateway.close();

    let now = 0;
    const read = readConsole(directory, () => now);
    expect(await read()).toBeUndefined();
    await mkdir(directory);
    await writeFile(join(directory, 'index.html'), 'one');
    now += 2_000;
    expect((await read())?.get('/index.html')?.bytes.toString()).toBe('one');
    await writeFile(join(directory, 'index.html'), 'two');
    await utimes(join(directory, 'index.html'), 1, 1);
    expect((await read())?.get('/index.html')?.bytes.toString()).toBe('one');
    now += 2_000;
    expect((await read())?.get('/index.html')?.bytes.toString()).toBe('two');
  });

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5, BR;q=0.4', 'br'],
    ['br;q=0, gzip;q=0.0', undefined],
  ])('of the encodings %j it takes %s', (header, taken) => {
    expect(acceptedEncoding(header)).toBe(taken);
  });
});

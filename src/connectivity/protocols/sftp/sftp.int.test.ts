import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { type Connection, Server, utils } from 'ssh2';
import { afterEach, describe, expect, test } from 'vitest';
import { openLedger, smallWorld } from '../../../../simulators/kit/index.ts';
import { startWarehouse } from '../../../../simulators/wms/index.ts';
import { hostKeyFingerprint, openSftp, type SftpSettings } from './index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server with the folders `in`, `in/archive`, `out`, `out/archive`, and dials. */
async function server(changes: Partial<SftpSettings> = {}) {
  const simulator = await startWarehouse({
    ...{ world: smallWorld, ledger: openLedger('/dev/null', 'wms'), port: 0, seed: 1, site: 'NORTH' },
  });
  closing.push(() => simulator.stop());
  const { host, port, username, password, hostKey } = simulator.details as unknown as SftpSettings;
  const settings = { host, port, username, hostKey, ...(password === undefined ? {} : { password }), ...changes };
  const sftp = openSftp(settings);
  closing.push(() => sftp.close());
  return { sftp, settings, simulator, dials: simulator.dials };
}

const text = (content: Buffer | undefined) => content?.toString('utf8');
const put = (path: string, content: string) => ({ path, bytes: Buffer.from(content) });

describe('files', () => {
  test('are put whole, listed, read and moved', async () => {
    const { sftp } = await server();
    const { path, bytes } = put('out/a.txt', 'first');
    expect(await sftp.put(path, bytes)).toBe('written');
    expect((await sftp.list('out')).map(({ name, size }) => [name, size])).toEqual([['a.txt', 5]]);
    expect(text(await sftp.get(path, 100))).toBe('first');
    expect(await sftp.stat(path)).toMatchObject({ size: 5 });
    expect(await sftp.move(path, 'out/archive/a.txt')).toBe('moved');
    expect(await sftp.list('out')).toEqual([]);
    expect(await sftp.move(path, 'out/archive/a.txt')).toBe('absent');
  });

  test('that are there already stay as they are, and leave nothing temporary behind', async () => {
    const { sftp } = await server();
    await sftp.put('out/a.txt', Buffer.from('first'));
    expect(await sftp.put('out/a.txt', Buffer.from('second'))).toBe('exists');
    expect(await sftp.put('out/b.txt', Buffer.from('third'), { unless: async () => true })).toBe('exists');
    expect(text(await sftp.get('out/a.txt', 100))).toBe('first');
    expect((await sftp.list('out')).map(({ name }) => name)).toEqual(['a.txt']);
    await sftp.put('out/c.txt', Buffer.from('c'));
    expect(await sftp.move('out/c.txt', 'out/a.txt')).toBe('exists');
  });

  test('that are not there are undefined; a folder that is not there is permanent', async () => {
    const { sftp } = await server();
    expect(await sftp.get('out/none', 10)).toBeUndefined();
    expect(await sftp.stat('out/none')).toBeUndefined();
    await expect(sftp.list('nowhere')).rejects.toMatchObject({
      kind: 'permanent',
      code: 'sftp-no-such-file',
      message: 'list nowhere: there is no such file or folder',
    });
    await expect(sftp.put('nowhere/a', Buffer.from('a'))).rejects.toMatchObject({ kind: 'permanent' });
  });

  test('of some size come whole, and longer ones than allowed are refused', async () => {
    const { sftp } = await server();
    const large = Buffer.alloc(700_001, 'x');
    await sftp.put('out/large', large);
    expect((await sftp.get('out/large', 700_001))?.equals(large)).toBe(true);
    await expect(sftp.get('out/large', 700_000)).rejects.toMatchObject({ code: 'sftp-file-too-large' });
  });

  test('many requests share one connection', async () => {
    const { sftp } = await server();
    const names = Array.from({ length: 80 }, (_, place) => `out/${place}`);
    await Promise.all(names.map((name) => sftp.put(name, Buffer.from(name))));
    const read = await Promise.all(names.map((name) => sftp.get(name, 100)));
    expect(read.map(text)).toEqual(names);
  });
});

describe('failures say what may be done', () => {
  test('a refused connection is transient', async () => {
    const { sftp, simulator } = await server();
    await simulator.stop();
    await expect(sftp.list('out')).rejects.toMatchObject({ kind: 'transient', code: 'sftp-unreachable' });
  });

  test('a failure that the server tells is transient: nothing was done', async () => {
    const { sftp, dials } = await server();
    await sftp.list('out');
    dials.turn({ errorRate: 1 });
    await expect(sftp.list('out')).rejects.toMatchObject({ kind: 'transient', code: 'sftp-failure' });
    await expect(sftp.move('out/a', 'out/b')).rejects.toMatchObject({ kind: 'transient' });
  });

  test('a connection lost in a rename is ambiguous, and the next request has a new one', async () => {
    const { sftp, dials } = await server();
    await sftp.put('out/a', Buffer.from('a'));
    dials.turn({ loseAnswerRate: 1 });
    await expect(sftp.move('out/a', 'out/b')).rejects.toMatchObject({ kind: 'ambiguous', code: 'sftp-answer-lost' });
    dials.turn({ loseAnswerRate: 0 });
    expect(await sftp.stat('out/b')).toMatchObject({ size: 1 });
  });

  test('a connection lost while a file that was read is being closed troubles nobody', async () => {
    const { sftp, dials } = await server();
    await sftp.put('out/a.txt', Buffer.from('first'));
    dials.turn({ latencyMs: 100 });
    expect(text(await sftp.get('out/a.txt', 100))).toBe('first');
    dials.turn({ outage: true });
    dials.turn({ outage: false, latencyMs: 0 });
    // The next one may still have met the lost connection.
    await sftp.get('out/a.txt', 100).catch(() => undefined);
    expect(text(await sftp.get('out/a.txt', 100))).toBe('first');
  });

  test('silence in a rename is ambiguous, in a question transient', async () => {
    const { sftp, dials } = await server({ timeoutMs: 120 });
    await sftp.put('out/a', Buffer.from('a'));
    dials.turn({ latencyMs: 1_000 });
    await expect(sftp.move('out/a', 'out/b')).rejects.toMatchObject({ kind: 'ambiguous' });
    dials.turn({ latencyMs: 0 });
    await sftp.list('out');
    dials.turn({ latencyMs: 1_000 });
    await expect(sftp.list('out')).rejects.toMatchObject({ kind: 'transient', code: 'sftp-connection-lost' });
  });

  test('an abort ends a request that is under way, and before it began nothing is sent', async () => {
    const { sftp, dials } = await server();
    await sftp.put('out/a', Buffer.from('a'));
    await expect(sftp.move('out/a', 'out/b', AbortSignal.abort())).rejects.toMatchObject({ kind: 'transient' });
    dials.turn({ latencyMs: 5_000 });
    const signal = AbortSignal.timeout(50);
    await expect(sftp.move('out/a', 'out/b', signal)).rejects.toMatchObject({ kind: 'ambiguous' });
    dials.turn({ latencyMs: 0 });
    expect(await sftp.stat('out/a')).toBeDefined();
  });

  test('credentials and a host key that are not right are permanent', async () => {
    const { settings } = await server();
    const refused = openSftp({ ...settings, password: 'wrong' });
    await expect(refused.list('out')).rejects.toMatchObject({ kind: 'permanent', code: 'sftp-credentials-refused' });
    const strange = openSftp({ ...settings, hostKey: `SHA256:${'A'.repeat(43)}` });
    await expect(strange.list('out')).rejects.toMatchObject({ kind: 'permanent', code: 'sftp-host-key-changed' });
  });

  test('a server that does not speak SSH, or says nothing, is transient', async () => {
    for (const greeting of ['HTTP/1.1 400 Bad Request\r\n\r\n', '']) {
      const strange = createServer((socket) => void socket.on('error', () => undefined).write(greeting || '\0'));
      await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
      closing.push(async () => strange.close());
      const { port } = strange.address() as { port: number };
      const hostKey = `SHA256:${'A'.repeat(43)}`;
      const sftp = openSftp({ host: '127.0.0.1', port, username: 'a', password: 'b', hostKey, timeoutMs: 300 });
      await expect(sftp.list('out')).rejects.toMatchObject({ kind: 'transient', code: 'sftp-unreachable' });
    }
  });
});

test('a private key signs in', async () => {
  const keys = utils.generateKeyPairSync('ed25519');
  const host = utils.generateKeyPairSync('ed25519');
  const parsed = utils.parseKey(host.public);
  if (parsed instanceof Error) throw parsed;
  const connections: Connection[] = [];
  const ssh = new Server({ hostKeys: [host.private] }, (connection) => {
    connections.push(connection);
    connection.on('error', () => undefined);
    connection.on('authentication', (context) =>
      context.method === 'publickey' ? context.accept() : context.reject(['publickey']),
    );
    connection.on('session', (accept) =>
      accept().on('sftp', (open) => {
        const wire = open();
        wire.on('STAT', (request) => wire.status(request, utils.sftp.STATUS_CODE.NO_SUCH_FILE));
      }),
    );
  });
  await new Promise<void>((resolve) => ssh.listen(0, '127.0.0.1', resolve));
  const { port } = ssh.address() as { port: number };
  const hostKey = hostKeyFingerprint(parsed.getPublicSSH());
  expect(hostKey).toBe(`SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').slice(0, 43)}`);
  const sftp = openSftp({ host: '127.0.0.1', port, username: 'a', privateKey: keys.private, hostKey });
  expect(await sftp.stat('anything')).toBeUndefined();
  await sftp.close();
  for (const connection of connections) connection.end();
  ssh.close();
});

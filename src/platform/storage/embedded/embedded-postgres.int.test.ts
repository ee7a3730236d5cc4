import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { isPostgres } from './process-identity.ts';

let home: string;
let directory: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'crossdock-embedded-'));
  directory = join(home, 'state');
  // The server's own user must be able to pass through.
  await chmod(home, 0o711);
});
// A server whose owner was just ended may still be writing its last files.
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }));

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the server and says its address. */
async function startElsewhere(): Promise<{ url: string; child: ChildProcess; ended: Promise<unknown> }> {
  const code = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)});
    const server = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} });
    console.log(server.url);
    setInterval(() => undefined, 1000);`;
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', () => reject(new Error('ended before it was ready')));
  });
  return { url, child, ended };
}

const postmaster = async () => Number((await readFile(join(directory, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('starts durable, on this machine only, with a password that nobody else can read, and starts again', async () => {
  const first = await startEmbeddedPostgres({ directory });
  await ask(first.url, 'create table kept (n integer)');
  const [settings] = await ask(
    first.url,
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
       current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as listens`,
  );
  expect(settings).toEqual({ fsync: 'on', pages: 'on', commit: 'on', listens: '127.0.0.1' });
  for (const file of ['password', 'server.log', 'owner.json']) {
    expect((await stat(join(directory, file))).mode & 0o077, file).toBe(0);
  }
  expect((await stat(join(directory, 'data'))).mode & 0o077).toBe(0);
  const wrong = first.url.replace(/:[^:@]+@/, ':guess@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((each) => each ?? [])) {
    if (address === '127.0.0.1' || family !== 'IPv4') continue;
    await expect(ask(first.url.replace('127.0.0.1', address), 'select 1')).rejects.toThrow();
  }
  await first.stop();

  const second = await startEmbeddedPostgres({ directory });
  expect(await ask(second.url, 'select * from kept')).toEqual([]);
  await second.stop();
});

test('ends when its process is killed, and what was committed is there afterwards', async () => {
  const { url, child, ended } = await startElsewhere();
  await ask(url, 'create table kept as select 1 as n');
  const pid = await postmaster();
  child.kill('SIGKILL');
  await ended;
  await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
  const again = await startEmbeddedPostgres({ directory });
  expect(await ask(again.url, 'select * from kept')).toEqual([{ n: 1 }]);
  await again.stop();
});

test('takes over at once from a killed process whose server is still ending', async () => {
  const { child, ended } = await startElsewhere();
  child.kill('SIGKILL');
  await ended;
  const again = await startEmbeddedPostgres({ directory });
  await ask(again.url, 'select 1');
  await again.stop();
});

test('recovers when the server itself was killed and left its lock', async () => {
  const first = await startEmbeddedPostgres({ directory });
  await ask(first.url, 'create table kept as select 1 as n');
  const pid = await postmaster();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false);
  await first.stop();
  const again = await startEmbeddedPostgres({ directory });
  expect(await ask(again.url, 'select * from kept')).toEqual([{ n: 1 }]);
  await again.stop();
});

test('starts only when no back end of a killed server works on the data any more', async () => {
  const first = await startEmbeddedPostgres({ directory });
  const client = new pg.Client({ connectionString: first.url });
  client.on('error', () => undefined);
  await client.connect();
  const [row] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
  const orphan = row?.pid ?? 0;
  // It never waits, so that it does not notice that its server is gone.
  const working = client.query('do $$ begin loop perform 1; end loop; end $$').catch(() => undefined);
  process.kill(await postmaster(), 'SIGKILL');
  await first.ended;
  await first.stop();
  expect(await isPostgres(orphan)).toBe(true);
  const again = await startEmbeddedPostgres({ directory });
  expect(await isPostgres(orphan)).toBe(false);
  await working;
  expect(await ask(again.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  await again.stop();
});

test('is not confused by a lock whose number now belongs to another program', async () => {
  const first = await startEmbeddedPostgres({ directory });
  await first.stop();
  await writeFile(join(directory, 'data/postmaster.pid'), `${process.pid}\n${directory}/data\n`);
  await writeFile(join(directory, 'owner.json'), JSON.stringify({ pid: process.pid, identity: 'node of long ago' }));
  const again = await startEmbeddedPostgres({ directory });
  await again.stop();
});

test('is refused while another process uses the folder, and says which', async () => {
  const { child, ended } = await startElsewhere();
  await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(new RegExp(`in use by process ${child.pid}`));
  child.kill('SIGTERM');
  await ended;
});

test('does not start on a port that is taken, and says so', async () => {
  const first = await startEmbeddedPostgres({ directory });
  const port = Number(new URL(first.url).port);
  const second = startEmbeddedPostgres({ directory: join(home, 'other'), port });
  await expect(second).rejects.toThrow(/did not start[\s\S]*could not/);
  await first.stop();
});

test('makes a half-made cluster anew', async () => {
  const first = await startEmbeddedPostgres({ directory });
  await first.stop();
  await rm(join(directory, 'data/crossdock-initialised'));
  await rm(join(directory, 'data/global'), { recursive: true });
  const again = await startEmbeddedPostgres({ directory });
  await again.stop();
});

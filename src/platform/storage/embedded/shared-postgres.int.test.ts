import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shareEmbeddedPostgres } from './shared-postgres.ts';

let home: string;
let directory: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'crossdock-shared-'));
  directory = join(home, 'state');
  await chmod(home, 0o711);
});
afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 }));

async function ask(url: string, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

interface Other {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** A process of its own that shares the server and says its address; SIGTERM ends it in order. */
async function shareElsewhere(): Promise<Other> {
  const door = new URL('./shared-postgres.ts', import.meta.url).href;
  const code = `
    const { shareEmbeddedPostgres } = await import(${JSON.stringify(door)});
    const shared = await shareEmbeddedPostgres({ directory: ${JSON.stringify(directory)} });
    process.once('SIGTERM', () => void shared.stop().then(() => process.exit(0)));
    console.log(shared.url);
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

test('two processes that start at once on a fresh folder have one server', async () => {
  const [ours, theirs] = await Promise.all([shareEmbeddedPostgres({ directory }), shareElsewhere()]);
  expect(ours.url).toBe(theirs.url);
  await ask(theirs.url, 'create table kept as select 1 as n');
  expect(await ask(ours.url, 'select * from kept')).toEqual([{ n: 1 }]);
  theirs.child.kill('SIGKILL');
  await theirs.ended;
  await expect.poll(() => ask(ours.url, 'select * from kept').catch(() => []), { timeout: 20_000 }).toEqual([{ n: 1 }]);
  await ours.stop();
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'when the owner is ended by %s, another starts the server at the same address with all that was committed',
  async (signal) => {
    const owner = await shareElsewhere();
    await ask(owner.url, 'create table kept as select 1 as n');
    const ours = await shareEmbeddedPostgres({ directory });
    expect(ours).toMatchObject({ url: owner.url });
    expect(ours.isOurs()).toBe(false);
    owner.child.kill(signal);
    await owner.ended;
    await expect.poll(() => ours.isOurs(), { timeout: 20_000 }).toBe(true);
    expect(await ask(ours.url, 'select * from kept')).toEqual([{ n: 1 }]);
    await ours.stop();
  },
);

test('a server that is killed is started again by its owner', async () => {
  const ours = await shareEmbeddedPostgres({ directory });
  await ask(ours.url, 'create table kept as select 1 as n');
  const pid = Number((await readFile(join(directory, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => ask(ours.url, 'select * from kept').catch(() => []), { timeout: 20_000 }).toEqual([{ n: 1 }]);
  await ours.stop();
});

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { connectionFault, safeAddress } from './connection-fault.ts';
import { clientSettings, schemaName } from './database.ts';
import { aloneStatement, compatibleFrom, numberOf } from './migration-file.ts';

/** The oldest major version whose SQL we use. */
const oldestServer = 15;

/** One number for all installations: two nodes that start at once take turns. */
const migrationLock = 7_305_117_220;

const ourMigrations = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const migrationName = /^\d{4}-[a-z0-9-]+$/;

/** A statement of a migration that waits longer for a lock gives up, for whoever comes after it waits behind it. */
const lockPatienceMs = 400;
/** Between two looks whether it is our turn. */
const turnPauseMs = 100;
/** How long a migration is tried again in all. */
const patienceMs = 120_000;

interface MigrationFile {
  readonly checksum: string;
  /** The oldest program that can go on with it, by the number of a migration that it knows; null: every one. */
  readonly compatibleFrom: string | null;
  readonly alone: ReturnType<typeof aloneStatement>;
}
type Files = ReadonlyMap<string, MigrationFile>;

async function filesOf(directory: string): Promise<Files> {
  const files = new Map<string, MigrationFile>();
  for (const file of (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()) {
    const name = file.slice(0, -'.sql'.length);
    if (!migrationName.test(name)) throw new Error(`migration ${file}: name it NNNN-what-it-does.sql`);
    const text = await readFile(`${directory}/${file}`, 'utf8');
    if (!text.startsWith('--')) throw new Error(`migration ${file}: start it with a comment that says why`);
    // Line ends differ between checkouts; the meaning does not.
    const checksum = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
    files.set(name, { checksum, compatibleFrom: compatibleFrom(file, text), alone: aloneStatement(file, text) });
  }
  return files;
}

async function refuseOldServer(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ number: string }>(`select current_setting('server_version_num') as number`);
  const major = Math.floor(Number(rows[0]?.number) / 10_000);
  if (major < oldestServer) {
    throw new Error(
      `PostgreSQL ${major} at ${safeAddress(url)} is too old: version ${oldestServer} or newer is needed`,
    );
  }
}

/**
 * An edited old migration means that two installations of one version differ: it is refused, never guessed about. One that is unknown
 * here was applied by a newer program, which is rolled back or upgraded one node after the other: it is refused when it says that
 * this program is too old for it.
 */
async function refuseEdited(client: pg.Client, files: Files): Promise<void> {
  const known = new Set([...files.keys()].map(numberOf));
  const { rows } = await client.query<{ name: string; checksum: string | null; from: string | null }>(
    `select name, checksum, compatible_from as from from migration left join migration_checksum using (name) order by name`,
  );
  for (const { name, checksum, from } of rows) {
    const now = files.get(name)?.checksum;
    if (now === undefined) {
      if (checksum !== null && (from === null || known.has(from))) continue;
      throw new Error(
        `the database has migration ${name}, which this version does not know: it was migrated by a newer version` +
          (from === null ? '' : `, and only programs that know migration ${from} can go on with it`),
      );
    }
    if (checksum !== null && checksum !== now) {
      throw new Error(`migration ${name} was edited after it was applied: restore the file and add a new migration`);
    }
  }
}

/** Also fills in what a crash between a migration and its checksum left without. */
async function recordFiles(client: pg.Client, files: Files): Promise<void> {
  await client.query('rollback');
  await client.query(
    `insert into migration_checksum (name, checksum, compatible_from)
     select name, checksum, compatible_from
     from unnest($1::text[], $2::text[], $3::text[]) as given (name, checksum, compatible_from) join migration using (name)
     on conflict (name) do nothing`,
    [
      [...files.keys()],
      [...files.values()].map(({ checksum }) => checksum),
      [...files.values()].map((file) => file.compatibleFrom),
    ],
  );
}

/** The next `count` migrations in order, each with its record in one transaction. */
const applyNext = (client: pg.Client, directory: string, count: number): Promise<unknown> =>
  runner({
    dbClient: client,
    dir: directory,
    ignorePattern: '(?!\\d{4}-[a-z0-9-]+\\.sql$).*',
    direction: 'up',
    count,
    schema: schemaName,
    migrationsTable: 'migration',
    // Each room has its own range of numbers, so a lower number may come later.
    checkOrder: false,
    // Ours is held already, for longer than the library would hold its own.
    noLock: true,
    log: () => undefined,
  });

/** A concurrent index waits for transactions and not for locks, so nobody waits behind it. */
async function applyAlone(
  client: pg.Client,
  name: string,
  { index, sql }: { index: string; sql: string },
): Promise<void> {
  await client.query('set lock_timeout = 0');
  await client.query(`drop index concurrently if exists ${index}`);
  await client.query(sql);
  await client.query(`set lock_timeout = ${lockPatienceMs}`);
  await client.query('insert into migration (name, run_on) values ($1, now())', [name]);
}

async function applyOnce(client: pg.Client, directory: string, files: Files): Promise<void> {
  // Makes the table of migrations where there is none.
  await applyNext(client, directory, 0);
  const applied = await appliedNames(client);
  const missing = [...files].filter(([name]) => !applied.includes(name));
  for (let at = 0; at < missing.length; ) {
    const [name, file] = missing[at] ?? [];
    if (name !== undefined && file?.alone !== undefined) {
      await applyAlone(client, name, file.alone);
      at += 1;
      continue;
    }
    const next = missing.findIndex(([, { alone }], index) => index > at && alone !== undefined);
    const end = next < 0 ? missing.length : next;
    await applyNext(client, directory, end - at);
    at = end;
  }
}

/** Also a deadlock: one of the two was chosen to give way. */
const isLockTimeout = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (('code' in thrown && (thrown.code === '55P03' || thrown.code === '40P01')) ||
    /canceling statement due to lock timeout/.test(thrown.message));

/**
 * Each migration is a transaction of its own. One that cannot have a lock soon gives way and is tried again: the program before
 * this one is at work on the same tables, and must not wait behind us.
 */
async function applyUnderLoad(client: pg.Client, directory: string, files: Files): Promise<readonly string[]> {
  const { rows: before } = await client.query<{ name: string | null }>(`select to_regclass('migration')::text as name`);
  const already = before[0]?.name == null ? [] : await appliedNames(client);
  await client.query(`set lock_timeout = ${lockPatienceMs}`);
  for (const end = performance.now() + patienceMs; ; ) {
    try {
      await applyOnce(client, directory, files);
      return (await appliedNames(client)).filter((name) => !already.includes(name));
    } catch (thrown) {
      if (!isLockTimeout(thrown)) throw thrown;
      if (performance.now() > end) {
        const message = 'a migration could not have its locks for two minutes: end long transactions and start again';
        throw new Error(message, { cause: thrown });
      }
      await client.query('rollback');
      // Those who waited behind it go first.
      await wait(100 + Math.random() * 400);
    }
  }
}

async function appliedNames(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by id');
  return rows.map(({ name }) => name);
}

async function bringUpToDate(client: pg.Client, directory: string): Promise<readonly string[]> {
  const files = await filesOf(directory);
  await client.query(`create schema if not exists ${schemaName}`);
  await client.query(`create table if not exists migration_checksum (name text primary key, checksum text not null)`);
  await client.query(`alter table migration_checksum add column if not exists compatible_from text`);
  const { rows } = await client.query<{ known: boolean }>(`select to_regclass('migration') is not null as known`);
  if (rows[0]?.known === true) await refuseEdited(client, files);
  try {
    return await applyUnderLoad(client, directory, files);
  } finally {
    // Some may be applied though a later one failed.
    await recordFiles(client, files);
  }
}

/**
 * Waits between statements and not within one: whoever builds an index concurrently waits for every statement that is under way, and would
 * wait for us as we for them.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [migrationLock]);
    if (rows[0]?.mine === true) return;
    await wait(turnPauseMs);
  }
}

/**
 * Brings the database to this version's schema and says which migrations it applied. Safe to call from several nodes at once,
 * again, and while the program before this one is at work. Throws a sentence when the server is too old or unreachable, when an
 * applied migration's file was edited, or when a newer version has migrated the database so that this one cannot go on with it.
 */
export async function migrate(url: string, directory: string = ourMigrations): Promise<{ applied: string[] }> {
  const client = new pg.Client(clientSettings(url, 'crossdock-migrate'));
  client.on('error', () => undefined);
  await client.connect().catch((thrown: unknown) => {
    throw connectionFault(thrown, url);
  });
  try {
    await refuseOldServer(client, url);
    await takeTurn(client);
    return { applied: [...(await bringUpToDate(client, directory))] };
  } catch (thrown) {
    throw connectionFault(thrown, url);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

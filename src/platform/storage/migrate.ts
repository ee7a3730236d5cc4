import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { connectionFault, safeAddress } from './connection-fault.ts';
import { clientSettings, schemaName } from './database.ts';

/** The oldest major version whose SQL we use. */
const oldestServer = 15;

/** One number for all installations: two nodes that start at once take turns. */
const migrationLock = 7_305_117_220;

const ourMigrations = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const migrationName = /^\d{4}-[a-z0-9-]+$/;

type Checksums = ReadonlyMap<string, string>;

async function checksumsOf(directory: string): Promise<Checksums> {
  const checksums = new Map<string, string>();
  for (const file of (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()) {
    const name = file.slice(0, -'.sql'.length);
    if (!migrationName.test(name)) throw new Error(`migration ${file}: name it NNNN-what-it-does.sql`);
    const text = await readFile(`${directory}/${file}`, 'utf8');
    if (!text.startsWith('--')) throw new Error(`migration ${file}: start it with a comment that says why`);
    // Line ends differ between checkouts; the meaning does not.
    checksums.set(name, createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex'));
  }
  return checksums;
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

/** An edited old migration means that two installations of one version differ: it is refused, never guessed about. */
async function refuseEdited(client: pg.Client, checksums: Checksums): Promise<void> {
  const { rows } = await client.query<{ name: string; checksum: string | null }>(
    `select name, checksum from migration left join migration_checksum using (name) order by name`,
  );
  for (const { name, checksum } of rows) {
    const now = checksums.get(name);
    if (now === undefined) {
      throw new Error(
        `the database has migration ${name}, which this version does not know: it was migrated by a newer version`,
      );
    }
    if (checksum !== null && checksum !== now) {
      throw new Error(`migration ${name} was edited after it was applied: restore the file and add a new migration`);
    }
  }
}

/** Also fills in what a crash between a migration and its checksum left without. */
async function recordChecksums(client: pg.Client, checksums: Checksums): Promise<void> {
  await client.query('rollback');
  await client.query(
    `insert into migration_checksum (name, checksum)
     select name, checksum from unnest($1::text[], $2::text[]) as given (name, checksum) join migration using (name)
     on conflict (name) do nothing`,
    [[...checksums.keys()], [...checksums.values()]],
  );
}

async function bringUpToDate(client: pg.Client, directory: string): Promise<readonly string[]> {
  const checksums = await checksumsOf(directory);
  await client.query(`create schema if not exists ${schemaName}`);
  await client.query(`create table if not exists migration_checksum (name text primary key, checksum text not null)`);
  const { rows } = await client.query<{ known: boolean }>(`select to_regclass('migration') is not null as known`);
  if (rows[0]?.known === true) await refuseEdited(client, checksums);
  try {
    const run = await runner({
      dbClient: client,
      dir: directory,
      ignorePattern: '(?!\\d{4}-[a-z0-9-]+\\.sql$).*',
      direction: 'up',
      schema: schemaName,
      migrationsTable: 'migration',
      // Each room has its own range of numbers, so a lower number may come later.
      checkOrder: false,
      // Ours is held already, for longer than the library would hold its own.
      noLock: true,
      log: () => undefined,
    });
    return run.map(({ name }) => name);
  } finally {
    // Each migration is a transaction of its own, so some may be applied though a later one failed.
    await recordChecksums(client, checksums);
  }
}

/**
 * Brings the database to this version's schema and says which migrations it applied. Safe to call from several nodes at once,
 * and again. Throws a sentence when the server is too old or unreachable, when an applied migration's file was edited, or when
 * the database is newer than this version.
 */
export async function migrate(url: string, directory: string = ourMigrations): Promise<{ applied: string[] }> {
  const client = new pg.Client(clientSettings(url, 'crossdock-migrate'));
  client.on('error', () => undefined);
  await client.connect().catch((thrown: unknown) => {
    throw connectionFault(thrown, url);
  });
  try {
    await refuseOldServer(client, url);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    return { applied: [...(await bringUpToDate(client, directory))] };
  } catch (thrown) {
    throw connectionFault(thrown, url);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

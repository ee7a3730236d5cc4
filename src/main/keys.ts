import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { knownScopes } from '#business/apis';
import { createKey, listKeys, revokeKey } from '#platform/gateway/runtime';
import { type Database, openDatabase, runningEmbeddedPostgres } from '#platform/storage';
import { openState } from './state.ts';

const usage = `npm run keys -- create --consumer NAME --scopes SCOPE[,SCOPE …] [--days N] [--note TEXT]
npm run keys -- list
npm run keys -- revoke ID
Scopes: ${[...knownScopes].filter((scope) => scope !== 'people:self').join(', ')}.
The database is DATABASE_URL, or the embedded one under .crossdock/ (whether Crossdock is running or not).`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function withDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  const running = process.env.DATABASE_URL ?? (await runningEmbeddedPostgres(join('.crossdock', 'postgres')));
  if (running === undefined) {
    const state = await openState({ databaseUrl: undefined, directory: '.crossdock' });
    await work(state.database).finally(() => state.close());
    return;
  }
  const database = openDatabase({ url: running, poolSize: 1, applicationName: 'crossdock-keys' });
  await work(database).finally(() => database.close());
}

function checkScopes(scopes: readonly string[]): void {
  const unknown = scopes.filter((scope) => !knownScopes.has(scope));
  if (unknown.length > 0) {
    throw new RangeError(`--scopes: there is no ${unknown.join(', ')}; there are ${[...knownScopes].join(', ')}`);
  }
}

async function create(database: Database, values: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { consumer = '', days, note } = values;
  const scopes = (values.scopes ?? '').split(',').filter((scope) => scope !== '');
  checkScopes(scopes);
  const made = await createKey(database, {
    consumer,
    scopes,
    ...(days === undefined ? {} : { days: Number(days) }),
    ...(note === undefined ? {} : { note }),
  });
  print(made.key);
  print(`key ${made.id} of ${consumer}, good until ${made.expiresAt}; it is shown this once`);
}

async function list(database: Database): Promise<void> {
  const keys = await listKeys(database);
  if (keys.length === 0) print('there are no keys yet; npm run keys -- create makes one');
  for (const { id, consumer, scopes, expiresAt, revokedAt, note } of keys) {
    const standing = revokedAt === undefined ? `until ${expiresAt}` : `revoked ${revokedAt}`;
    print([id, consumer, scopes.join(','), standing, note].join('  '));
  }
}

async function revoke(database: Database, id: string): Promise<void> {
  if (!(await revokeKey(database, id)))
    throw new Error(`there is no key ${id} that could be revoked; see npm run keys -- list`);
  print(`key ${id} opens nothing any more, on any node, within a second`);
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      consumer: { type: 'string' },
      scopes: { type: 'string' },
      days: { type: 'string' },
      note: { type: 'string' },
    },
  });
  const [verb, id] = positionals;
  if (verb === 'create') await withDatabase((database) => create(database, values));
  else if (verb === 'list') await withDatabase(list);
  else if (verb === 'revoke' && id !== undefined) await withDatabase((database) => revoke(database, id));
  else throw new Error(usage);
}

try {
  await run();
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
}

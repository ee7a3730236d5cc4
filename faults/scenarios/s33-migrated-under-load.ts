import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '#platform/storage';
import type { Scenario, Stage } from '../kit/scenario.ts';
import { hearts } from '../kit/world.ts';

const ours = fileURLToPath(new URL('../../migrations/', import.meta.url));
const mostWaitMs = 1_000;
const sampleMs = 20;

/** What the next release might bring, each to a table on which every order writes. */
const next: Readonly<Record<string, string>> = {
  '9001-a-column': 'alter table run add column next_note text;',
  '9002-a-column-that-is-filled': 'alter table effect add column next_cost integer not null default 0;',
  '9003-an-index':
    '-- without-transaction: it stops no writer\ncreate index concurrently effect_next on effect (asked_at);',
  '9004-a-rule': 'alter table inbox add constraint next_kind check (length(kind) < 1000) not valid;',
  '9005-a-table': 'create table next_thing (run_id uuid primary key, note text not null);',
};

/** Our migrations and the next ones in a folder. */
async function withNext(directory: string): Promise<string> {
  const folder = join(directory, 'migrations');
  await cp(ours, folder, { recursive: true });
  for (const [name, sql] of Object.entries(next)) {
    await writeFile(join(folder, `${name}.sql`), `-- Why: the next release of the fault harness.\n${sql}\n`);
  }
  return folder;
}

async function connect(stage: Stage): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: stage.ownDatabase.url, options: '-c search_path=crossdock' });
  await client.connect();
  return client;
}

const longestWait = `select coalesce(max(extract(epoch from clock_timestamp() - l.waitstart)) * 1000, 0)::float as ms
  from pg_locks l join pg_database d on d.oid = l.database where d.datname = $1 and not l.granted and l.locktype = 'relation'`;

/** Looks at who waits for a table; answers the longest wait that it saw. */
async function watchLocks(stage: Stage, isOver: () => boolean): Promise<number> {
  const client = await connect(stage);
  let longest = 0;
  while (!isOver()) {
    const { rows } = await client.query<{ ms: number }>(longestWait, [stage.ownDatabase.name]);
    longest = Math.max(longest, rows[0]?.ms ?? 0);
    await wait(sampleMs);
  }
  await client.end();
  return longest;
}

/** Somebody's long transactions, on tables that are to be migrated: whoever waits for them holds up everybody. */
async function holdTables(stage: Stage): Promise<void> {
  const client = await connect(stage);
  for (const table of ['run', 'effect', 'inbox']) {
    await client.query('begin');
    await client.query(`lock table ${table} in row exclusive mode`);
    stage.faults.fired(`a long transaction has ${table}`);
    await wait(900 + Math.floor(stage.random() * 600));
    await client.query('commit');
  }
  await client.end();
}

export const s33: Scenario = {
  id: 'S33',
  title: 'migration under load, long transactions in its way; a node that starts on the new schema beside an old one',
  holds: 'no lock wait over 1 s, no failed request',
  mustRetry: false,
  drive: async (stage) => {
    const directory = await mkdtemp(join(tmpdir(), 'crossdock-next-'));
    try {
      const folder = await withNext(directory);
      const numbers: string[] = [];
      let isOver = false;
      const load = Array.from({ length: stage.isShort ? 3 : 12 }, async () => {
        while (!isOver) {
          numbers.push(await stage.submit([hearts(1)]));
          await wait(100);
        }
      });
      const watching = watchLocks(stage, () => isOver);
      await wait(500);
      const before = numbers.length;
      const holding = holdTables(stage);
      await wait(50);
      const { applied } = await migrate(stage.ownDatabase.url, folder);
      const meanwhile = numbers.length - before;
      await holding;
      await wait(500);
      isOver = true;
      await Promise.all(load);
      const longest = Math.round(await watching);
      stage.must(`every next migration is applied: ${applied.join(', ')}`, applied.length === Object.keys(next).length);
      stage.must(`orders are taken meanwhile: ${meanwhile}`, meanwhile > 0);
      stage.must(`nobody waits a second for a table; somebody did for ${longest} ms`, longest < mostWaitMs);
      stage.must(`no request fails; ${stage.client.retries()} did`, stage.client.retries() === 0);
      // The program before goes on with the schema after it, and starts on it.
      await stage.killNode(stage.node(0));
      numbers.push(...(await stage.submitMany(6, () => [hearts(1)])));
      await stage.atRest(numbers);
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

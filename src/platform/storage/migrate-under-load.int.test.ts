import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';

const migrations = fileURLToPath(new URL('../../../migrations/', import.meta.url));
/** The last schema before there were two programs at once. */
const previous = '0050';

/** What the previous program did, in its own words: it names the columns that it knew, and no other. */
const statements: readonly string[] = [
  `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
   values ($1::uuid, 'f', 1, $1::text, now(), 's', 1, 'forward', 1, $1::uuid, '\\x00', now(), '{}', '{}')`,
  `insert into journal (run_id, version, advance_id, hash, entries) values ($1::uuid, 1, $1::uuid, '\\x00', '[]')`,
  `insert into effect (key, run_id, name, occurrence, undoes, visit, capability, instance, verb, priority, order_key, asked_version, asked_at, owner, epoch)
   values ($1::text, $1::uuid, 'e', 'once', false, 1, 'c', 'i', 'v', 2, $1::text, 1, now(), 'old', 1)`,
  `insert into timer (run_id, due_at) values ($1::uuid, now()) on conflict (run_id) do update set due_at = excluded.due_at`,
  `insert into inbox (flow, key, hash, kind, message) values ('f', $1::text, $1::uuid, 'message', '{}')`,
  `insert into receipt (run_id, hash) values ($1::uuid, $1::uuid)`,
  `insert into fact (id, source, type, subject, time, data) values ($1::uuid, 's', 't', $1::text, now(), '{}')`,
  `insert into case_record (id, run_id, flow, key, cause, summary, opened_at) values ($1::uuid, $1::uuid, 'f', $1::text, 'c', 's', now())`,
  `update run set version = version + 1, state = 't' where id = $1::uuid`,
  `delete from effect where key = $1::text`,
  `delete from inbox where flow = 'f' and key = $1::text`,
  `update case_record set closed_at = now() where run_id = $1::uuid and closed_at is null`,
  `insert into node (name, epoch) values ($1::text, 1) on conflict (name) do update set epoch = node.epoch + 1, beat = 0, started_at = now()`,
];

describe('migrating while the program before this one is at work', () => {
  let own: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    own = await testDatabase({ poolSize: 12 });
    await own.database.pool.query('drop schema crossdock cascade');
    folder = await mkdtemp(join(tmpdir(), 'crossdock-previous-'));
    for (const file of await readdir(migrations)) {
      if (file.endsWith('.sql') && file.slice(0, 4) < previous)
        await copyFile(join(migrations, file), join(folder, file));
    }
    await migrate(own.url, folder);
  });
  afterEach(async () => {
    await own.drop();
    await rm(folder, { recursive: true });
  });

  test('no statement of it fails, and none waits for a second', async () => {
    let isOver = false;
    let longest = 0;
    let done = 0;
    const failures = new Set<string>();
    async function hammer(): Promise<void> {
      while (!isOver) {
        const id = crypto.randomUUID();
        for (const statement of statements) {
          const asked = performance.now();
          await own.database.pool
            .query(statement, [id])
            .catch((thrown: unknown) => failures.add(`${statement}: ${String(thrown)}`));
          longest = Math.max(longest, performance.now() - asked);
          done += 1;
        }
      }
    }
    // Rows that a rewrite would take long over.
    await own.database.pool.query(
      `insert into run (id, flow, flow_version, key, started_at, state, visit, phase, version, advance_id, chain, updated_at, control, document)
       select gen_random_uuid(), 'f', 1, n::text, now(), 's', 1, 'forward', 1, gen_random_uuid(), '\\x00', now(), '{}', repeat('x', 500)
       from generate_series(1, 50000) n`,
    );
    const hammers = Array.from({ length: 6 }, hammer);
    const before = done;
    const { applied } = await migrate(own.url);
    const meanwhile = done - before;
    isOver = true;
    await Promise.all(hammers);
    expect([...failures]).toEqual([]);
    expect(applied.length).toBeGreaterThan(3);
    expect(meanwhile).toBeGreaterThan(20);
    expect(longest).toBeLessThan(1_000);
  }, 60_000);
});

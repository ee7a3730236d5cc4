import type { ClientBase } from 'pg';
import { describe, expect, test } from 'vitest';
import type { Database } from '#platform/storage';
import { createDatabaseWatch } from './database-watch.ts';

const position = (flushed: number, timeline = 1, system = 'a') => ({ system, timeline, flushed: String(flushed) });

/** A connection that says where its database stands, when it is let. */
function connection(...answers: readonly { readonly at: object; readonly after?: Promise<void> }[]) {
  const left = [...answers];
  const query = async () => {
    const answer = left.shift();
    await answer?.after;
    return { rows: [answer?.at] };
  };
  return { query } as unknown as ClientBase;
}

function watch() {
  const replaced: string[] = [];
  const made = createDatabaseWatch(
    { database: {} as Database, log: () => undefined, onReplaced: (because) => replaced.push(because) },
    { position: { system: 'a', timeline: 1, flushed: 100n }, window: 0, everyMs: 1_000 },
  );
  return { replaced, ...made, isReplaced: () => made.isReplaced };
}

describe('a new connection of a running node', () => {
  test('writes while its database goes on', async () => {
    const { check, replaced } = watch();
    await check(connection({ at: position(100) }));
    await check(connection({ at: position(101) }));
    expect(replaced).toEqual([]);
  });

  test.each([
    ['an older copy of it', position(99), 'older copy'],
    ['a standby that took over', position(200, 2), 'timeline'],
    ['another database', position(200, 1, 'b'), 'another cluster'],
  ])('writes nothing to %s', async (_, at, because) => {
    const { check, replaced, isReplaced } = watch();
    await expect(check(connection({ at }))).rejects.toThrow('start it anew');
    await expect(check(connection({ at: position(300) }))).rejects.toThrow('start it anew');
    expect(isReplaced()).toBe(true);
    expect(replaced).toEqual([expect.stringContaining(because)]);
  });

  test('is not mistaken for one when an answer is overtaken by a later one', async () => {
    const { check, replaced } = watch();
    const slow = Promise.withResolvers<void>();
    const first = check(connection({ at: position(110), after: slow.promise }));
    await check(connection({ at: position(120) }));
    slow.resolve();
    await first;
    expect(replaced).toEqual([]);
    await expect(check(connection({ at: position(119) }))).rejects.toThrow();
  });
});

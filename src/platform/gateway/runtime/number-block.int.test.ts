import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createNumbers } from './number-block.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

describe('numbers by series', () => {
  test('begin where they are told and never repeat, across nodes and simultaneous callers', async () => {
    const nodes = [1, 2, 3].map(() => createNumbers(own.database, { series: 'tickets', block: 7 }));
    const given = await Promise.all(Array.from({ length: 300 }, (_, index) => nodes[index % 3]?.next()));
    expect(new Set(given).size).toBe(300);
    expect(Math.min(...given.map(Number))).toBe(100_001);
  });

  test('rise on one node and go on after a restart', async () => {
    const first = createNumbers(own.database, { series: 'b', first: 1, block: 10 });
    const given = [];
    for (let count = 0; count < 25; count += 1) given.push(Number(await first.next()));
    expect(given).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(Number(await createNumbers(own.database, { series: 'b', block: 10 }).next())).toBeGreaterThan(25);
  });

  test('cost a statement only now and then', async () => {
    let statements = 0;
    const counting = {
      pool: {
        query: ((...given: Parameters<typeof own.database.pool.query>) => {
          statements += 1;
          return own.database.pool.query(...given);
        }) as typeof own.database.pool.query,
      },
    };
    const numbers = createNumbers(counting, { series: 'c', block: 100 });
    await Promise.all(Array.from({ length: 350 }, () => numbers.next()));
    expect(statements).toBeLessThanOrEqual(5);
  });

  test('come again when the database is back', async () => {
    let away = true;
    const failing = {
      pool: {
        query: ((...given: Parameters<typeof own.database.pool.query>) =>
          away
            ? Promise.reject(new Error('away'))
            : own.database.pool.query(...given)) as typeof own.database.pool.query,
      },
    };
    const numbers = createNumbers(failing, { series: 'd', first: 5 });
    await expect(numbers.next()).rejects.toThrow('away');
    away = false;
    expect(await numbers.next()).toBe('5');
  });
});

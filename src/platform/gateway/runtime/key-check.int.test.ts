import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { makeKey } from './api-key.ts';
import { createKeyCheck } from './key-check.ts';
import { createKey, listKeys, revokeKey } from './key-store.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const scopes = ['things:read'];

async function until(condition: () => Promise<boolean>, withinMs: number): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < withinMs) {
    if (await condition()) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not within ${withinMs} ms`);
}

describe('API keys', () => {
  test('are kept only as a hash', async () => {
    const { id, key } = await createKey(own.database, { consumer: 'shop', scopes, note: 'first' });
    const { rows } = await own.database.pool.query('select * from api_key where id = $1', [id]);
    expect(JSON.stringify(rows)).not.toContain(key.slice(21, 60));
    expect((await listKeys(own.database)).find((each) => each.id === id)).toMatchObject({
      consumer: 'shop',
      scopes,
      note: 'first',
    });
    expect(await createKeyCheck(own.database).prove(key)).toMatchObject({ consumer: 'shop', keyId: id });
  });

  test('two of one consumer live side by side, so that they can be exchanged', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => createKey(own.database, { consumer: 'pair', scopes })));
    const check = createKeyCheck(own.database, { freshMs: 0 });
    await revokeKey(own.database, first?.id ?? '');
    expect(await check.prove(first?.key ?? '')).toBe('revoked');
    expect(await check.prove(second?.key ?? '')).toMatchObject({ consumer: 'pair' });
  });

  test('forged and foreign ones are unknown', async () => {
    const { id, key } = await createKey(own.database, { consumer: 'shop', scopes });
    const check = createKeyCheck(own.database);
    for (const forged of [makeKey().key, key.slice(0, -1), `${key}a`, id, '', 'cdk_', key.replace('cdk', 'CDK')]) {
      expect(await check.prove(forged)).toBe('unknown');
    }
    // A whole key with the right id and another secret: well-formed, and still not it.
    const { crc32 } = await import('node:zlib');
    const body = `cdk_${id}_${'0'.repeat(48)}`;
    expect(await check.prove(body + crc32(body).toString(16).padStart(8, '0'))).toBe('unknown');
  });

  test('an expired one says so', async () => {
    const { id, key } = await createKey(own.database, { consumer: 'shop', scopes, days: 1 });
    await own.database.pool.query(`update api_key set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect(await createKeyCheck(own.database).prove(key)).toBe('expired');
  });

  test('one that expires while it is remembered is refused all the same', async () => {
    const { id, key } = await createKey(own.database, { consumer: 'shop', scopes });
    await own.database.pool.query(`update api_key set expires_at = now() + interval '150 milliseconds' where id = $1`, [
      id,
    ]);
    const check = createKeyCheck(own.database, { freshMs: 60_000 });
    expect(await check.prove(key)).toMatchObject({ consumer: 'shop' });
    await until(async () => (await check.prove(key)) === 'expired', 1_000);
  });

  test('a revoked one is refused everywhere within a second, on nodes that have just used it', async () => {
    const { id, key } = await createKey(own.database, { consumer: 'shop', scopes });
    const nodes = [createKeyCheck(own.database), createKeyCheck(own.database)];
    for (const node of nodes) expect(await node.prove(key)).toMatchObject({ consumer: 'shop' });
    await revokeKey(own.database, id);
    const refused = async () =>
      (await Promise.all(nodes.map((node) => node.prove(key)))).every((each) => each === 'revoked');
    expect(await until(refused, 2_000)).toBeLessThan(1_000);
  });

  test('a thousand requests at once ask the database once', async () => {
    const { key } = await createKey(own.database, { consumer: 'shop', scopes });
    let statements = 0;
    const counting = {
      pool: {
        query: ((...given: Parameters<typeof own.database.pool.query>) => {
          statements += 1;
          return own.database.pool.query(...given);
        }) as typeof own.database.pool.query,
      },
    };
    const check = createKeyCheck(counting, { freshMs: 60_000 });
    await Promise.all(Array.from({ length: 1_000 }, () => check.prove(key)));
    await check.prove('made up');
    expect(statements).toBe(1);
  });

  test('what cannot be a key is refused when it is made, by name of the field', async () => {
    const make = (change: object) => createKey(own.database, { consumer: 'a', scopes, ...change });
    await expect(make({ consumer: 'A b' })).rejects.toThrow('consumer');
    await expect(make({ scopes: [] })).rejects.toThrow('scopes');
    await expect(make({ scopes: ['all'] })).rejects.toThrow('scope "all"');
    await expect(make({ days: -1 })).rejects.toThrow('days');
    expect(await revokeKey(own.database, 'nobody')).toBe(false);
  });
});

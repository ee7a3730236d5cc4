import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './test-database.ts';

describe('a test database', () => {
  let own: TestDatabase;
  beforeAll(async () => {
    own = await testDatabase();
  });
  afterAll(() => own.drop());

  test('is migrated and searched by our schema', async () => {
    const { rows } = await own.database.pool.query(
      'select current_schema() as schema, count(*) as applied from migration',
    );
    expect(rows[0].schema).toBe('crossdock');
    expect(Number(rows[0].applied)).toBeGreaterThan(0);
  });
});

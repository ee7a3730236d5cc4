import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from '../database.ts';
import { templateName, testServerVariable, withDatabase } from './test-server.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Closes `database` and removes it, whoever else is still connected. */
  drop(): Promise<void>;
}

async function serverUrl(): Promise<string> {
  const door = process.env[testServerVariable];
  if (door === undefined) throw new Error('no test server: run the test with vitest, whose set-up starts it');
  const answer = await fetch(door);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`the test server did not start: ${text}`);
  return text;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A migrated, empty database for one test file; about 50 ms. Pool of 10 unless told. */
export async function testDatabase(options: { readonly poolSize?: number } = {}): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} template ${templateName} strategy file_copy`);
  const url = withDatabase(server, name);
  const database = openDatabase({ url, ...options });
  return {
    url,
    database,
    drop: async () => {
      await database.close();
      await onServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

import { hashKey, makeKey } from './api-key.ts';
import type { GatewayDatabase } from './database.ts';
import { insertKey, listKeys as selectKeys, revokeKey as updateKey } from './sql/api-keys.ts';

export interface NewKey {
  /** The system or team that will use it, e.g. `web-shop`. Several keys may belong to one. */
  readonly consumer: string;
  /** `<product>:<what>`, e.g. `ping:read`. */
  readonly scopes: readonly string[];
  /** From now; default 365. */
  readonly days?: number;
  /** For people: what it is for. */
  readonly note?: string;
}

/** A key as it is listed: nothing in it opens anything. */
export interface KeyRecord {
  readonly id: string;
  readonly consumer: string;
  readonly scopes: readonly string[];
  readonly note: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt?: string;
}

const consumerForm = /^[a-z0-9][a-z0-9.-]{0,59}$/;
const scopeForm = /^[a-z][a-z0-9-]*:[a-z][a-z0-9-]*$/;

/** Makes a key and answers it in clear, this once. Throws `RangeError` naming the field that is wrong. */
export async function createKey(
  database: GatewayDatabase,
  { consumer, scopes, days = 365, note = '' }: NewKey,
): Promise<{ readonly id: string; readonly key: string; readonly expiresAt: string }> {
  if (!consumerForm.test(consumer)) {
    throw new RangeError(`consumer ${JSON.stringify(consumer)}: use at most 60 of a-z, 0-9, dot and hyphen`);
  }
  if (scopes.length === 0) throw new RangeError('scopes: give at least one, or the key may do nothing');
  for (const scope of scopes) {
    if (!scopeForm.test(scope)) throw new RangeError(`scope ${JSON.stringify(scope)}: write it as product:what`);
  }
  if (!Number.isFinite(days) || days <= 0 || days > 3_660) throw new RangeError('days: above 0, at most 3660');
  const { id, key } = makeKey();
  const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString();
  await database.pool.query(insertKey, [id, consumer, hashKey(key), [...new Set(scopes)], note, expiresAt]);
  return { id, key, expiresAt };
}

/** Ends a key: no node takes it a second later. False when there is none of this id. */
export async function revokeKey(database: GatewayDatabase, id: string): Promise<boolean> {
  const { rows } = await database.pool.query(updateKey, [id]);
  return rows.length > 0;
}

interface KeyRow {
  id: string;
  consumer: string;
  scopes: string[];
  note: string;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
}

/** Every key ever made, by consumer and age. */
export async function listKeys(database: GatewayDatabase): Promise<readonly KeyRecord[]> {
  const { rows } = await database.pool.query<KeyRow>(selectKeys);
  return rows.map((row) => ({
    id: row.id,
    consumer: row.consumer,
    scopes: row.scopes,
    note: row.note,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  }));
}

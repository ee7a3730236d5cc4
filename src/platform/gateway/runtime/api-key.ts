import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * `cdk_<id>_<secret><checksum>`: 16 hex digits that name the key, 48 (192 random bits) that prove it, and 8 that tell a
 * mistyped or made-up key from a real one without asking the database. The prefix lets secret scanners find a leaked one.
 */
const keyForm = /^(cdk_([0-9a-f]{16})_[0-9a-f]{48})([0-9a-f]{8})$/;

const checksum = (body: string): string => crc32(body).toString(16).padStart(8, '0');

/** Makes a key. It is shown once; only its hash is kept. */
export function makeKey(): { readonly id: string; readonly key: string } {
  const id = randomBytes(8).toString('hex');
  const body = `cdk_${id}_${randomBytes(24).toString('hex')}`;
  return { id, key: body + checksum(body) };
}

/** The id in a presented key; undefined when it cannot be one of ours. */
export function keyId(presented: string): string | undefined {
  const [, body, id, sum] = keyForm.exec(presented) ?? [];
  return body !== undefined && sum === checksum(body) ? id : undefined;
}

/** A key is random enough that a fast hash is as good as a slow one. */
export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Takes as long for a nearly right key as for a wrong one. */
export const provesKey = (presented: string, hash: Buffer): boolean => timingSafeEqual(hashKey(presented), hash);

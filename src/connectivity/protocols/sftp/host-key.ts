import { createHash, timingSafeEqual } from 'node:crypto';

/** A server's public key as OpenSSH prints it, e.g. `SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU`. */
export const hostKeyFingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** Whether a server's public key is the one that we were told to expect. */
export function isHostKey(key: Buffer, expected: string): boolean {
  const found = Buffer.from(hostKeyFingerprint(key));
  const wanted = Buffer.from(expected.trim().replace(/=+$/, ''));
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

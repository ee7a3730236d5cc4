import { hash } from 'node:crypto';

/** The identity of a message at its receiver: 16 bytes of SHA-256 over source and id, in the form of a uuid. */
export function messageHash(source: string, id: string): string {
  const digest = hash('sha256', `${source.length}:${source}${id}`, 'hex');
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}

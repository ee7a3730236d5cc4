import { hash } from 'node:crypto';

/** The same for two values that differ only in the order of their members. No member has a forbidden name: the door refused those. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) ordered[name] = inOrder(members[name]);
  return ordered;
}

/** What a request means, in 43 characters: method, path and body, whatever the order of members and the white space. */
export const fingerprint = (method: string, path: string, body: unknown): string =>
  hash('sha256', `${method} ${path}\n${JSON.stringify(inOrder(body)) ?? ''}`, 'base64url');

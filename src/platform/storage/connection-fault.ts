/** What a person should do about a database that cannot be opened; undefined when the error is of another kind. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start PostgreSQL or correct the address',
  ENOTFOUND: 'the host name is not known; correct the address',
  ETIMEDOUT: 'no answer from there; check the address and the firewall',
  '28P01': 'the password is wrong; correct it in the address',
  '28000': 'the server refuses this user; check its pg_hba.conf',
  '3D000': 'that database does not exist; create it first',
  '53300': 'the server has no connection left; raise its max_connections or lower the pool size',
  '42501': 'the user may not create the schema; grant it CREATE on the database',
};

/** The address without its password, for messages. */
export function safeAddress(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.username}@${parsed.host}${parsed.pathname}`;
  } catch {
    return '(not a URL)';
  }
}

/** Turns what `pg` throws on connecting into a sentence that names the address and what to do. Other errors pass as they are. */
export function connectionFault(thrown: unknown, url: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const what = advice[code];
  return what === undefined
    ? thrown
    : new Error(`cannot use the database at ${safeAddress(url)}: ${what}`, { cause: thrown });
}

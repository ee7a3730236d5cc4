const stateOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

/** SQL states are five characters; anything else comes from the socket. */
const isState = (code: string): boolean => /^[0-9A-Z]{5}$/.test(code);

/** Rolled back because of another transaction: a deadlock, a serialisation failure. */
export const isLostRace = (thrown: unknown): boolean => stateOf(thrown).startsWith('40');

/**
 * What an error of the database says about the statement:
 * - `data`: a value of it can never be written;
 * - `again`: it was rolled back, and may be sent again;
 * - `unknown`: the connection is gone and with it the answer: it may have been committed.
 */
export type StatementFailure = 'data' | 'again' | 'unknown';

export function statementFailure(thrown: unknown): StatementFailure {
  const code = stateOf(thrown);
  // Connection lost (08), ended by an administrator or a crash (57P).
  if (!isState(code) || code.startsWith('08') || code.startsWith('57P')) return 'unknown';
  // A bad value (22), a breach of integrity (23), too large (54), not what the tables expect (21, 42): sending it again does not help.
  if (['21', '22', '23', '42', '54'].includes(code.slice(0, 2))) return 'data';
  return 'again';
}

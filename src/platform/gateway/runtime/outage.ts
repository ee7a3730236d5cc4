import { Fault } from '#model/kernel';

/**
 * SQL states by which PostgreSQL says "not now": connection trouble, no resources (a full disk included), an administrator's
 * stop, a read-only standby.
 */
const passingStates = /^(08|53|57P|57014|25006|25P03|58)/;
const passingSystemCalls = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);

/** Is something that we need away for a time? Then the caller may come again. Everything else is a defect. */
export function isOutage(thrown: unknown): boolean {
  if (thrown instanceof Fault) return thrown.kind === 'transient' || thrown.code === 'database-unavailable';
  if (!(thrown instanceof Error)) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (passingSystemCalls.has(code) || passingStates.test(code)) return true;
  // The database client has no code for these.
  if (
    /connection (terminated|ended|error)|timeout exceeded when trying to connect|query read timeout/i.test(
      thrown.message,
    )
  )
    return true;
  return thrown.cause !== undefined && isOutage(thrown.cause);
}

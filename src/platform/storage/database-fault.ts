import { Fault, type FaultKind } from '#model/kernel';

/** By class of SQL state: what may be done about it. What is not listed is a defect of our statement or its data. */
const kindsByClass: Readonly<Record<string, FaultKind>> = {
  // Rolled back whole: a deadlock, a serialisation failure; no room or no connection left; told to go away; the disk fails.
  '40': 'transient',
  '53': 'transient',
  '55': 'transient',
  '58': 'transient',
  // The connection broke: a commit may have been under way.
  '08': 'ambiguous',
  '57': 'ambiguous',
};

const notReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', '57P03', '25006']);
const broken = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', '25P03']);
const brokenWords = /^Connection terminated|^Connection ended|Query read timeout|connection error/;

function kindOf(code: string, message: string): FaultKind {
  if (notReached.has(code) || message.startsWith('timeout exceeded when trying to connect')) return 'transient';
  if (broken.has(code) || brokenWords.test(message)) return 'ambiguous';
  return kindsByClass[code.slice(0, 2)] ?? 'permanent';
}

/**
 * What `pg` throws, as a `Fault`: `transient` when nothing was done, `ambiguous` when the connection was lost and a commit may have
 * happened, else `permanent`. A `Fault` passes as it is.
 */
export function databaseFault(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const kind = kindOf(code, message);
  const words = { transient: 'not reachable at the moment', ambiguous: 'lost while it worked' } as const;
  return new Fault(
    kind,
    {
      code: kind === 'permanent' ? 'database-refused' : 'database-unavailable',
      message:
        kind === 'permanent'
          ? `the database refused: ${message}`
          : `the database was ${words[kind === 'ambiguous' ? 'ambiguous' : 'transient']}`,
      said: `${code} ${message}`.trim(),
    },
    thrown,
  );
}

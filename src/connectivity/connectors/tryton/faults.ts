import { Fault } from '#model/kernel';

/** What an error of Tryton's means to whoever sent the call. */
export type Refusal =
  /** It asks "are you sure?": acknowledge the name as this user and send again. */
  | { readonly kind: 'warning'; readonly name: string; readonly said: string }
  /** Somebody else was at the same records; nothing was done. */
  | { readonly kind: 'conflict'; readonly said: string }
  | { readonly kind: 'fault'; readonly fault: Fault };

const longestSaid = 500;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string') : typeof value === 'string' ? [value] : [];

/** Sentences of Tryton 6.0 in English, which every call asks for, and what they mean here. */
const businessSentences: readonly (readonly [RegExp, string, string])[] = [
  [/reached their credit limit/, 'credit-limit-exceeded', 'The customer is over the credit limit in Tryton.'],
  [/credit limit dunning|dunning/i, 'credit-limit-exceeded', 'The customer is being dunned in Tryton.'],
  [/is lower than its quantity/, 'not-enough-stock', 'Tryton expects less stock in the warehouse than is ordered.'],
];

/** The database under Tryton gave way to somebody else's transaction. */
const conflicting =
  /could not obtain lock|could not serialize|deadlock detected|Lock wait|canceling statement due to lock|modified in the meanwhile/i;

/** The database under Tryton went away, perhaps in the middle of a commit. */
const databaseLost =
  /server closed the connection|connection already closed|terminating connection|database system is|connection refused|SSL connection has been closed|connection pool exhausted/i;

export function businessFault(said: string): Fault {
  const [, code, message] = businessSentences.find(([sentence]) => sentence.test(said)) ?? [
    undefined,
    'refused-by-erp',
    `Tryton refused: ${said.slice(0, 200)}`,
  ];
  return new Fault('business', { code, message, said: said.slice(0, longestSaid) });
}

/** A warning that nobody here may wave through. */
export function warningFault(name: string, said: string): Fault {
  if (name.startsWith('credit_limit_') || name.startsWith('stock_quantity_')) return businessFault(said);
  return new Fault('business', {
    code: 'warned-by-erp',
    message: `Tryton warns and a person must decide: ${said.slice(0, 200)}`,
    said: `${name}: ${said}`.slice(0, longestSaid),
  });
}

/** Reads the `error` of an answer. A traceback is never kept. */
export function refusalOf(error: unknown, call: { readonly method: string; readonly writes: boolean }): Refusal {
  const [kind, detail] = Array.isArray(error) ? (error as readonly unknown[]) : [undefined, undefined];
  const [first = '', second = ''] = texts(detail);
  if (kind === 'UserWarning') return { kind: 'warning', name: first, said: second };
  if (kind === 'ConcurrencyException') return { kind: 'conflict', said: first };
  if (kind === 'UserError' && conflicting.test(first)) return { kind: 'conflict', said: first };
  if (kind === 'UserError') return { kind: 'fault', fault: userError(first) };
  const said = typeof kind === 'string' ? kind : JSON.stringify(error);
  if (conflicting.test(said)) return { kind: 'conflict', said };
  return { kind: 'fault', fault: brokenDown(said, call) };
}

function userError(said: string): Fault {
  if (/^You are not allowed to/.test(said)) {
    return new Fault('permanent', {
      code: 'not-allowed-in-erp',
      message: 'The user of the integration lacks a right in Tryton.',
      said: said.slice(0, longestSaid),
    });
  }
  return businessFault(said);
}

/** An exception inside Tryton: its transaction was rolled back, unless the database itself went away. */
function brokenDown(said: string, { method, writes }: { readonly method: string; readonly writes: boolean }): Fault {
  if (databaseLost.test(said)) {
    return new Fault(writes ? 'ambiguous' : 'transient', {
      code: 'erp-database-lost',
      message: `Tryton lost its database during ${method}.`,
      said: said.slice(0, longestSaid),
    });
  }
  return new Fault('permanent', {
    code: 'erp-broke-down',
    message: `Tryton broke down on ${method}.`,
    said: said.slice(0, longestSaid),
  });
}

/** Conflicts did not end within the attempts of one call. Each was rolled back, so nothing was done. */
export const stillConflicting = (method: string, said: string): Fault =>
  new Fault('transient', {
    code: 'records-in-use',
    message: `Somebody else kept working on the same records during ${method}.`,
    retryAfterMs: 500,
    said: said.slice(0, longestSaid),
  });

import type { LedgerNote } from '../../kit/index.ts';
import type { Books } from '../models/books.ts';
import { concurrencyException } from '../wire/refusals.ts';
import type { Columns, Row, Values } from './row.ts';
import type { Table } from './table.ts';

/** The dictionary that is the last parameter of every call. */
export type CallContext = Readonly<Record<string, unknown>>;

/** One call's work on the books: all of it stands, or none. */
export interface Transaction {
  readonly books: Books;
  readonly user: number;
  readonly context: CallContext;
  /** Microseconds since 1970 when the call came in: every row that it touches carries this, however late it commits. */
  readonly at: number;
  /** Today in the books. */
  readonly today: string;
  insert<Kind extends Row>(table: Table<Kind>, columns: Columns<Kind>): Kind;
  /** Refuses when the caller's `_timestamp` of the row is an older one. */
  update<Kind extends Row>(table: Table<Kind>, id: number, changes: Values): Kind;
  remove(table: Table, id: number): void;
  /** A fact for the ledger, if the call commits. */
  note(fact: LedgerNote): void;
  /** Work for right after this has committed, in a transaction of its own; the same name is queued once. */
  later(name: string, work: (transaction: Transaction) => void): void;
}

/** What a finished call changed. */
export interface Commit {
  readonly at: number;
  readonly rows: readonly (readonly [table: string, id: number, row: Row | null])[];
  readonly facts: readonly LedgerNote[];
}

export interface CallDetails {
  readonly user: number;
  readonly context: CallContext;
  readonly at: number;
  /** Microseconds since 1970, never the same twice. */
  readonly now: () => number;
}

/** The version mark of a row: seconds since 1970 as text, to the microsecond. */
export function versionOf(row: Row): string {
  const micros = row.write_date ?? row.create_date;
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** The versions that the caller has seen; each is checked once, at the first write. */
function seenVersions(context: CallContext): Map<string, unknown> {
  const sent = context._timestamp;
  return new Map(typeof sent === 'object' && sent !== null ? Object.entries(sent) : []);
}

interface Touched {
  readonly table: Table;
  readonly id: number;
  readonly before: Row | undefined;
}

type Later = Map<string, (transaction: Transaction) => void>;

interface Finished<Answer> {
  readonly answer: Answer;
  readonly commit: Commit | undefined;
  readonly later: Later;
}

const dayOf = (micros: number): string => new Date(Math.floor(micros / 1000)).toISOString().slice(0, 10);

function runOnce<Answer>(
  books: Books,
  { user, context, at }: Omit<CallDetails, 'now'>,
  work: (transaction: Transaction) => Answer,
): Finished<Answer> {
  const touched: Touched[] = [];
  const facts: LedgerNote[] = [];
  const later: Later = new Map();
  const seen = seenVersions(context);
  const set = (table: Table, id: number, row: Row | undefined): void => {
    touched.push({ table, id, before: table.get(id) });
    table.set(id, row);
  };
  const checkVersion = (table: Table, row: Row): void => {
    const key = `${table.name},${row.id}`;
    const version = seen.get(key);
    seen.delete(key);
    if (typeof version === 'string' && version !== versionOf(row)) throw concurrencyException();
  };
  const transaction: Transaction = {
    books,
    user,
    context,
    at,
    today: dayOf(at),
    insert: <Kind extends Row>(table: Table<Kind>, columns: Columns<Kind>) => {
      const id = table.takeId();
      const row = { ...columns, id, create_date: at, create_uid: user, write_date: null, write_uid: null };
      set(table as unknown as Table, id, row as unknown as Row);
      return table.must(id);
    },
    update: <Kind extends Row>(table: Table<Kind>, id: number, changes: Values) => {
      const before = table.must(id);
      checkVersion(table as unknown as Table, before);
      set(table as unknown as Table, id, { ...before, ...changes, write_date: at, write_uid: user });
      return table.must(id);
    },
    remove: (table, id) => {
      checkVersion(table, table.must(id));
      set(table, id, undefined);
    },
    note: (fact) => {
      facts.push(fact);
    },
    later: (name, follow) => {
      later.set(name, follow);
    },
  };
  try {
    const answer = work(transaction);
    if (touched.length === 0 && facts.length === 0) return { answer, commit: undefined, later };
    const last = new Map(touched.map(({ table, id }) => [`${table.name},${id}`, { table, id }]));
    const rows = [...last.values()].map(({ table, id }) => [table.name, id, table.get(id) ?? null] as const);
    return { answer, commit: { at, rows, facts }, later };
  } catch (thrown) {
    for (const { table, id, before } of touched.reverse()) table.set(id, before);
    throw thrown;
  }
}

/**
 * Runs `work` on the books and then what it queued. A part that throws is put back as a whole, what committed before it
 * stands; ids and document numbers that were taken stay taken. `committed` is told of each commit at once.
 */
export function transact<Answer>(
  books: Books,
  details: CallDetails,
  committed: (commit: Commit) => void,
  work: (transaction: Transaction) => Answer,
): Answer {
  const { answer, commit, later } = runOnce(books, details, work);
  if (commit !== undefined) committed(commit);
  const { _timestamp, ...context } = details.context;
  for (const follow of later.values()) {
    transact(books, { ...details, context, at: details.now() }, committed, follow);
  }
  return answer;
}

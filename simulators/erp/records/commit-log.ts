import { type Ledger, openLedger, readLedger } from '../../kit/index.ts';
import { type Books, tablesOf } from '../models/books.ts';
import type { Row } from './row.ts';
import type { Commit } from './transaction.ts';

/** Keeps what was committed: first on disk here, then its facts in the ledger. */
export interface CommitLog {
  record(commit: Commit): void;
  /** Everything recorded so far is on disk, and so are its facts in the ledger. No answer leaves before. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface CommitLogNeeds {
  readonly books: Books;
  /** The file of the commits; absent: the books are lost with the process, the ledger is not. */
  readonly file: string | undefined;
  readonly ledger: Ledger;
  /** The facts that the ledger file holds already, by the number of their commit. */
  readonly told: ReadonlySet<number>;
}

interface CommitEntry {
  readonly number: number;
  readonly rows: readonly (readonly [string, number, Row | null])[];
  readonly facts: Commit['facts'];
  readonly sequences: Readonly<Record<string, number>>;
}

const isCommit = (entry: object): entry is CommitEntry => 'number' in entry && 'rows' in entry;

const seededKind = 'seeded';

/** When and with what the books of this file were seeded; undefined for a new one. */
export function seedingOf(file: string): { readonly at: number; readonly world: string } | undefined {
  const [first] = readLedger(file);
  if (first?.kind !== seededKind) return undefined;
  return { at: Number(first.seededAt), world: String(first.world) };
}

/** Writes down with what the books of a new file were seeded. */
export async function recordSeeding(file: string, at: number, world: string): Promise<void> {
  const log = openLedger(file, 'erp');
  await log.append({ kind: seededKind, seededAt: at, world });
  await log.close();
}

/** Brings the seeded books to where the file left them, and tells the ledger what a crash kept from it. */
export async function openCommitLog({ books, file, ledger, told }: CommitLogNeeds): Promise<CommitLog> {
  const tables = tablesOf(books);
  let last = 0;
  for (const entry of file === undefined ? [] : readLedger(file)) {
    if (!isCommit(entry)) continue;
    for (const [table, id, row] of entry.rows) tables.get(table)?.set(id, row ?? undefined);
    books.sequences.restore(entry.sequences);
    last = entry.number;
    if (told.has(last)) continue;
    for (const fact of entry.facts) await ledger.append({ ...fact, commit: last });
  }
  const log = file === undefined ? undefined : openLedger(file, 'erp');
  let settled: Promise<unknown> = Promise.resolve();

  const keep = async ({ rows, facts }: Commit, number: number): Promise<void> => {
    await log?.append({ kind: 'commit', number, rows, facts, sequences: books.sequences.last() });
    await Promise.all(facts.map((fact) => ledger.append({ ...fact, commit: number })));
  };
  return {
    record: (commit) => {
      last += 1;
      const kept = keep(commit, last);
      settled = Promise.all([settled, kept]);
      // A failure shows itself to everybody who waits; here it only must not end the process.
      kept.catch(() => undefined);
    },
    settled: async () => {
      await settled;
    },
    close: async () => {
      await settled;
      await log?.close();
    },
  };
}

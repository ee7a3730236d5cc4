import { hash } from 'node:crypto';

/** SHA-256, and a uuid as text. */
const linkLength = 32;
const idLength = 36;

/** Where a run's chain begins: its own id, so that a journal cannot be passed off as another run's. */
export const chainStart = (runId: string): Buffer => hash('sha256', runId, 'buffer');

/** The next link: over the link before, the advance's id and its entries, byte for byte as they are stored. */
export function nextLink(previous: Buffer, advanceId: string, entries: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(linkLength + idLength + entries.length);
  whole.set(previous, 0);
  whole.write(advanceId, linkLength, idLength, 'latin1');
  whole.set(entries, linkLength + idLength);
  return hash('sha256', whole, 'buffer');
}

/** A journal row as far as the chain goes. */
export interface ChainedRow {
  readonly version: number;
  readonly advanceId: string;
  readonly entries: string;
  readonly hash: Buffer;
}

/** Whether a run's journal is as it was written, and if not, the version of the first row that is wrong. */
export type ChainVerdict =
  | { readonly intact: true }
  | { readonly intact: false; readonly firstBadVersion: number; readonly because: 'changed' | 'end-missing' };

/** Walks a run's journal, oldest first, to the link that the run itself holds. */
export function verifyChain(runId: string, rows: readonly ChainedRow[], end: Buffer): ChainVerdict {
  let link = chainStart(runId);
  for (const row of rows) {
    link = nextLink(link, row.advanceId, Buffer.from(row.entries));
    if (!link.equals(row.hash)) return { intact: false, firstBadVersion: row.version, because: 'changed' };
  }
  if (link.equals(end)) return { intact: true };
  return { intact: false, firstBadVersion: (rows.at(-1)?.version ?? 0) + 1, because: 'end-missing' };
}

import { hash } from 'node:crypto';
import { type EntryRow, hashedText } from './entry.ts';
import type { AuditStore } from './record-action.ts';
import { chainOfTarget, chainsAfter, entriesOfTarget, orphanedEntry } from './sql/audit.ts';

/** Whether the audit is as it was written, and if not, the first entry that is wrong. */
export type AuditVerdict =
  | { readonly intact: true; readonly entries: number }
  | {
      readonly intact: false;
      readonly target: string;
      readonly seq: number;
      readonly because: 'changed' | 'missing' | 'chain-missing';
    };

interface ChainRow {
  readonly target: string;
  readonly seq: string;
  readonly hash: Buffer;
}

const slice = 1_000;

const startOf = (target: string): Buffer => hash('sha256', target, 'buffer');

const linkAfter = (link: Buffer, row: EntryRow): Buffer =>
  hash('sha256', Buffer.concat([link, Buffer.from(`${row.seq}\n${hashedText(row)}`)]), 'buffer');

async function verifyChain(store: AuditStore, chain: ChainRow): Promise<AuditVerdict> {
  const { target } = chain;
  const end = Number(chain.seq);
  let link = startOf(target);
  let seq = 0;
  while (seq < end) {
    const { rows } = await store.query<EntryRow>(entriesOfTarget, [target, seq, slice]);
    for (const row of rows) {
      if (Number(row.seq) !== seq + 1) return { intact: false, target, seq: seq + 1, because: 'missing' };
      link = linkAfter(link, row);
      if (!link.equals(row.hash)) return { intact: false, target, seq: seq + 1, because: 'changed' };
      seq += 1;
      // What was appended since the chain's end was read is not wrong.
      if (seq === end) break;
    }
    if (rows.length === 0) return { intact: false, target, seq: seq + 1, because: 'missing' };
  }
  return link.equals(chain.hash) ? { intact: true, entries: end } : { intact: false, target, seq, because: 'changed' };
}

/**
 * Walks the whole audit, or one target's chain, in slices. Names the first entry that was changed, taken out or whose chain is
 * gone. Whoever can rewrite a chain from one entry to its end, and its newest link, is not found by this: keep that link elsewhere.
 */
export async function verifyAudit(store: AuditStore, only?: string): Promise<AuditVerdict> {
  let entries = 0;
  if (only === undefined) {
    const lost = (await store.query<{ target: string; seq: string }>(orphanedEntry)).rows[0];
    if (lost !== undefined) {
      return { intact: false, target: lost.target, seq: Number(lost.seq), because: 'chain-missing' };
    }
  }
  for (let after = ''; ; ) {
    const { rows } =
      only === undefined
        ? await store.query<ChainRow>(chainsAfter, [after, slice])
        : await store.query<ChainRow>(chainOfTarget, [only]);
    for (const chain of rows) {
      const verdict = await verifyChain(store, chain);
      if (!verdict.intact) return verdict;
      entries += verdict.entries;
      after = chain.target;
    }
    if (only !== undefined || rows.length < slice) return { intact: true, entries };
  }
}

import type { Database } from '#platform/storage';
import { anchorNodes, chainOf, journalAt, readAnchors, runsToVerify } from '../sql/audit-anchors.ts';
import { anchorHash, type ChainHead, firstLink, headsOf } from './audit-anchors.ts';
import { verifyChain } from './audit-chain.ts';

/** Something in the audit is not as it was written. */
export type AuditFinding =
  /** A run's journal: the first entry that is wrong, by the run's version. */
  | {
      readonly what: 'changed' | 'end-missing';
      readonly flow: string;
      readonly key: string;
      readonly firstBadVersion: number;
    }
  /** A run's whole chain was computed anew: the first bad entry is after `lastGoodVersion` and not after `firstBadVersion`. */
  | {
      readonly what: 'rewritten' | 'removed';
      readonly flow: string;
      readonly key: string;
      readonly firstBadVersion: number;
      readonly lastGoodVersion: number;
      readonly anchor: string;
    }
  /** An anchor is missing or was changed. */
  | { readonly what: 'anchor'; readonly anchor: string };

export interface AuditReport {
  readonly runs: number;
  readonly anchors: number;
  readonly findings: readonly AuditFinding[];
}

export interface AuditQuery {
  readonly flow?: string;
  readonly key?: string;
}

const slice = 200;
const beforeAll = '00000000-0000-0000-0000-000000000000';

interface RunRow {
  readonly id: string;
  readonly flow: string;
  readonly key: string;
  readonly chain: Buffer;
}
interface ChainRow {
  readonly version: number;
  readonly advance_id: string;
  readonly hash: Buffer;
  readonly entries: string;
}

async function verifyRuns({ pool }: Database, query: AuditQuery, findings: AuditFinding[]): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let after = beforeAll, size = slice; size === slice; ) {
    const { rows } = await pool.query<RunRow>(runsToVerify, [after, query.flow ?? null, query.key ?? null, slice]);
    for (const { id, flow, key, chain } of rows) {
      seen.add(id);
      const journal = await pool.query<ChainRow>(chainOf, [id]);
      const chained = journal.rows.map(({ advance_id, ...row }) => ({ ...row, advanceId: advance_id }));
      const verdict = verifyChain(id, chained, chain);
      if (!verdict.intact)
        findings.push({ what: verdict.because, flow, key, firstBadVersion: verdict.firstBadVersion });
    }
    after = rows.at(-1)?.id ?? after;
    size = rows.length;
  }
  return seen;
}

interface Anchor {
  readonly seq: string;
  readonly heads: Buffer;
  readonly hash: Buffer;
}

/** Compares what an anchor remembers with the journal as it is. */
async function verifyHeads(
  { pool }: Database,
  heads: readonly ChainHead[],
  name: string,
  lastGood: Map<string, number>,
  findings: AuditFinding[],
): Promise<void> {
  if (heads.length === 0) return;
  const { rows } = await pool.query<{ n: number; flow: string | null; key: string | null; hash: Buffer | null }>(
    journalAt,
    [heads.map(({ runId }) => runId), heads.map(({ version }) => version)],
  );
  for (const { n, flow, key, hash } of rows) {
    const head = heads[n - 1];
    if (head === undefined) continue;
    const { runId, version, chain } = head;
    const lastGoodVersion = lastGood.get(runId) ?? 0;
    if (hash?.equals(chain)) lastGood.set(runId, Math.max(version, lastGoodVersion));
    // Of one run the first finding says it all.
    else if (lastGoodVersion >= 0) {
      lastGood.set(runId, -1);
      const what = hash === null ? 'removed' : 'rewritten';
      findings.push({
        what,
        flow: flow ?? '',
        key: key ?? runId,
        firstBadVersion: version,
        lastGoodVersion,
        anchor: name,
      });
    }
  }
}

async function verifyAnchors(
  database: Database,
  only: Set<string> | undefined,
  findings: AuditFinding[],
): Promise<number> {
  let count = 0;
  const lastGood = new Map<string, number>();
  const nodes = await database.pool.query<{ node: string }>(anchorNodes);
  for (const { node } of nodes.rows) {
    let link = firstLink(node);
    let seq = 0;
    for (let size = slice; size === slice; ) {
      const { rows } = await database.pool.query<Anchor>(readAnchors, [node, seq, slice]);
      for (const anchor of rows) {
        const name = `${node}/${anchor.seq}`;
        const isNext =
          Number(anchor.seq) === seq + 1 && anchorHash(link, Number(anchor.seq), anchor.heads).equals(anchor.hash);
        if (!isNext) findings.push({ what: 'anchor', anchor: name });
        link = anchor.hash;
        seq = Number(anchor.seq);
        count += 1;
        const heads = headsOf(anchor.heads).filter(({ runId }) => only === undefined || only.has(runId));
        await verifyHeads(database, heads, name, lastGood, findings);
      }
      size = rows.length;
    }
  }
  return count;
}

/** Walks every run's chain, or those of a flow or key, and every anchor. Reads in slices; changes nothing. */
export async function verifyAudit(database: Database, query: AuditQuery = {}): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const runs = await verifyRuns(database, query, findings);
  const isPart = query.flow !== undefined || query.key !== undefined;
  const anchors = await verifyAnchors(database, isPart ? runs : undefined, findings);
  return { runs: runs.size, anchors, findings };
}

import { hash } from 'node:crypto';
import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import type { Log } from '../engine.ts';
import { addAnchor, lastAnchor } from '../sql/audit-anchors.ts';

/** The end of a run's chain after one of its advances. */
export interface ChainHead {
  readonly runId: string;
  readonly version: number;
  readonly chain: Buffer;
}

/** Keeps the ends of the chains that this node writes, so that a journal that was written anew is found out. */
export interface AuditAnchors {
  /** An advance was written. Costs no statement. */
  note(head: ChainHead): void;
  start(): void;
  /** Ends as a crash would. */
  kill(): void;
  /** Anchors what is left. */
  stop(): Promise<void>;
}

const headBytes = 52;

const bytesOf = ({ runId, version, chain }: ChainHead): Buffer => {
  const bytes = Buffer.alloc(headBytes);
  bytes.write(runId.replaceAll('-', ''), 0, 16, 'hex');
  bytes.writeInt32BE(version, 16);
  bytes.set(chain, 20);
  return bytes;
};

const uuidOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** The heads of an anchor, as they were stored. */
export const headsOf = (bytes: Buffer): readonly ChainHead[] =>
  Array.from({ length: Math.floor(bytes.length / headBytes) }, (_, index) => {
    const at = index * headBytes;
    return {
      runId: uuidOf(bytes.subarray(at, at + 16)),
      version: bytes.readInt32BE(at + 16),
      chain: bytes.subarray(at + 20, at + headBytes),
    };
  });

export const firstLink = (node: string): Buffer => hash('sha256', `anchors of ${node}`, 'buffer');

export const anchorHash = (previous: Buffer, seq: number, heads: Buffer): Buffer =>
  hash('sha256', Buffer.concat([previous, Buffer.from(`${seq} `), heads]), 'buffer');

export function createAuditAnchors(
  needs: { readonly database: Database; readonly owner: Owner; readonly log: Log },
  options: { readonly everyMs: number },
): AuditAnchors {
  const { database, owner, log } = needs;
  let heads = new Map<string, ChainHead>();
  let timer: NodeJS.Timeout | undefined;
  let anchoring: Promise<void> = Promise.resolve();

  async function anchor(): Promise<void> {
    if (heads.size === 0) return;
    const taken = heads;
    heads = new Map();
    try {
      const { rows } = await database.pool.query<{ seq: string; hash: Buffer }>(lastAnchor, [owner.name]);
      const seq = Number(rows[0]?.seq ?? 0) + 1;
      const bytes = Buffer.concat([...taken.values()].map(bytesOf));
      const link = anchorHash(rows[0]?.hash ?? firstLink(owner.name), seq, bytes);
      await database.pool.query(addAnchor, [owner.name, seq, bytes, link]);
      log('audit-anchor', { node: owner.name, seq, runs: taken.size, hash: link.toString('hex') });
    } catch (thrown) {
      // Kept for the next one, unless the run went on meanwhile.
      heads = new Map([...taken, ...heads]);
      log('audit-not-anchored', { message: String(thrown) });
    }
  }

  const next = (): Promise<void> => {
    anchoring = anchoring.then(anchor);
    return anchoring;
  };

  return {
    note: (head) => {
      heads.set(head.runId, head);
    },
    start: () => {
      timer = setInterval(() => void next(), options.everyMs);
    },
    kill: () => clearInterval(timer),
    stop: () => {
      clearInterval(timer);
      return next();
    },
  };
}

import type { PoolClient } from 'pg';
import { type AuditAction, recordActions } from '#platform/audit';
import { inTransaction } from '#platform/storage';
import { decides } from './case-action-names.ts';
import type { BulkRow } from './case-bulk.ts';
import { bulkAllowance, type SlicedRow } from './case-bulk-desk.ts';
import { type CaseRecord, caseOf } from './case-record.ts';
import { caseTarget } from './desk-act.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { claimCases, insertActions, insertNotes } from './sql/case-acts.ts';
import { advanceBulk, holdBulk, sliceOfGroup } from './sql/case-bulk.ts';

/** A bulk as a worker has it. */
export type Bulk = Pick<BulkRow, 'id' | 'action' | 'group_key' | 'at' | 'by' | 'details' | 'sites'>;

/** A case that a bulk has taken; `intent` names what is done about it. */
export interface Taken {
  readonly intent: string;
  readonly record: CaseRecord;
}

/** Who works on a bulk, how long they may be silent, and how much they take at once. */
export interface Hand {
  readonly node: string;
  readonly leaseMs: number;
  readonly batch: number;
}

const decidedSince = 'Somebody decided about it since the bulk began, or does at this moment.';
const intentOf = (bulk: Bulk, id: string): string => `bulk:${bulk.id}:${id}`;

/** What stands for no run is a message that waits. */
export const isLetter = ({ action }: Bulk, { run }: CaseRecord): boolean =>
  run === undefined && (action === 'retry' || action === 'skip');

function auditOf({ action, by, details, id: bulk }: Bulk, record: CaseRecord, at: string): AuditAction {
  const { flow, key, cause, group, id } = record;
  return { target: caseTarget(id), action, by, at, details: { ...details, bulk, flow, key, cause, group } };
}

/** Those of a slice that the action may be done to, and why not the rest. */
async function sortOut(needs: DeskNeeds, bulk: Bulk, records: readonly CaseRecord[]) {
  const refusals = new Map<string, number>();
  const refuse = (because: string): void => void refusals.set(because, (refusals.get(because) ?? 0) + 1);
  const wanted: CaseRecord[] = [];
  for (const record of records) {
    const allowance = await bulkAllowance(record, bulk.action, needs);
    if (allowance.allowed) wanted.push(record);
    else refuse(allowance.because);
  }
  return { wanted, refusals, refuse };
}

/** Makes the wanted cases ours, with all that is kept of it. */
async function claim(
  client: PoolClient,
  bulk: Bulk,
  wanted: readonly CaseRecord[],
  at: string,
): Promise<readonly CaseRecord[]> {
  const { to, reason } = bulk.details;
  const { rows } = await client.query<{ id: string }>(claimCases, [
    wanted.map(({ id }) => id),
    bulk.at,
    at,
    to !== undefined,
    to ?? null,
    decides(bulk.action),
  ]);
  const ours = new Set(rows.map(({ id }) => id));
  const taken = wanted.filter(({ id }) => ours.has(id));
  const cases = taken.map(({ id }) => id);
  const intents = cases.map((id) => intentOf(bulk, id));
  const details = JSON.stringify(bulk.details);
  await client.query(insertActions, [intents, cases, bulk.action, at, bulk.by, details, bulk.id]);
  if (bulk.action === 'note') await client.query(insertNotes, [cases, at, bulk.by, reason]);
  // What is decided about a letter is recorded by the letters' desk.
  const told = taken.filter((record) => !isLetter(bulk, record));
  await recordActions(
    client,
    told.map((record) => auditOf(bulk, record, at)),
  );
  return taken;
}

/** Takes the next cases in one transaction with the place that the bulk has reached. */
export function takeBatch(needs: DeskNeeds, bulk: Bulk, hand: Hand): Promise<readonly Taken[] | 'done' | 'not-ours'> {
  const work = async (client: PoolClient): Promise<readonly Taken[] | 'done' | 'not-ours'> => {
    const held = (await client.query(holdBulk, [bulk.id, hand.node, hand.leaseMs])).rows[0];
    if (held === undefined) return 'not-ours';
    const place = [held.place_due, held.place_opened, held.place_id];
    const { rows } = await client.query<SlicedRow>(sliceOfGroup, [
      ...[bulk.group_key, bulk.at, ...place, hand.batch, bulk.sites],
    ]);
    const last = rows.at(-1);
    if (last === undefined) return 'done';
    const { wanted, refusals, refuse } = await sortOut(needs, bulk, rows.map(caseOf));
    const taken = await claim(client, bulk, wanted, needs.clock.now());
    for (let left = wanted.length - taken.length; left > 0; left -= 1) refuse(decidedSince);
    await client.query(advanceBulk, [
      bulk.id,
      last.place_due,
      last.place_opened,
      last.id,
      rows.length,
      rows.length - taken.length,
      JSON.stringify(Object.fromEntries(refusals)),
    ]);
    return taken.map((record) => ({ intent: intentOf(bulk, record.id), record }));
  };
  // Whether something may be closed is asked of the letters' desk.
  return inTransaction(needs.database, work, { needsMore: bulk.action === 'close' });
}

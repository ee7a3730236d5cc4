import { createHash } from 'node:crypto';
import { add, type Decimal, zero } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { inTransaction } from '#platform/storage';
import { type Allowance, allowed } from './case-action-names.ts';
import { allowances } from './case-actions.ts';
import {
  type BulkAction,
  type BulkPreview,
  type BulkRequest,
  type BulkRow,
  type BulkStarted,
  bulkOf,
  reasons,
} from './case-bulk.ts';
import { type CaseRecord, type CaseRow, caseOf } from './case-record.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { countGroup, insertBulk, selectBulk, selectBulks, sliceOfGroup, stopBulk } from './sql/case-bulk.ts';

/** Acting on whole groups. */
export interface BulkDesk {
  /** What it would do now: nothing is changed. */
  preview(request: Pick<BulkRequest, 'action' | 'group' | 'sites'>): Promise<BulkPreview>;
  /** Durable when it answers; a worker takes it up within moments. The same intent again is the same bulk. */
  start(request: BulkRequest): Promise<BulkStarted>;
  show(id: string): Promise<BulkAction | undefined>;
  /** Newest first. */
  /** Of somebody who sees some warehouses only: those that take cases of no other. */
  list(limit?: number, sites?: readonly string[]): Promise<readonly BulkAction[]>;
  /** Takes no more cases; what it has taken is finished. False when it does not run. */
  stop(id: string, by: string, reason: string): Promise<boolean>;
}

/** A row of a group's slice, with its place. */
export interface SlicedRow extends CaseRow {
  readonly place_due: string;
  readonly place_opened: string;
}

/** Where a walk through a group begins. */
export const groupStart = ['-infinity', '-infinity', '00000000-0000-0000-0000-000000000000'] as const;

const slice = 1_000;
export const bulkTarget = (id: string): string => `bulk:${id}`;

/** The same intent has the same id. */
function bulkId({ by, intent }: BulkRequest): string {
  const digest = createHash('sha256').update(`${by.length}:${by}${intent}`).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
}

/** Whether the action may be done to the case, as far as its row tells. The letters' desk decides whether a letter may be sent. */
export async function bulkAllowance(
  record: CaseRecord,
  action: BulkRequest['action'],
  { tables, letters }: Pick<DeskNeeds, 'tables' | 'letters'>,
): Promise<Allowance> {
  if (record.run !== undefined) return allowances(record, tables, undefined)[action];
  if (action === 'retry' || action === 'skip') return allowed;
  return allowances(record, tables, action === 'close' ? await letters.find(record.id) : undefined)[action];
}

/** Makes the desk for bulks; `wake` tells the worker of this node. */
export function createBulkDesk(needs: DeskNeeds, wake: () => void): BulkDesk {
  const { database, clock } = needs;
  const { pool } = database;

  async function* groupNow(group: string, sites: readonly string[] | undefined): AsyncGenerator<CaseRecord> {
    const until = clock.now();
    for (let place: readonly string[] = groupStart, size = slice; size === slice; ) {
      const { rows } = await pool.query<SlicedRow>(sliceOfGroup, [group, until, ...place, slice, sites ?? null]);
      for (const row of rows) yield caseOf(row);
      const last = rows.at(-1);
      if (last !== undefined) place = [last.place_due, last.place_opened, last.id];
      size = rows.length;
    }
  }

  const show = async (id: string): Promise<BulkAction | undefined> => {
    const row = (await pool.query<BulkRow>(selectBulk, [id])).rows[0];
    return row && bulkOf(row);
  };

  return {
    preview: async ({ group, action, sites }) => {
      const worth = new Map<string, Decimal>();
      const because = new Map<string, number>();
      let count = 0;
      let fit = 0;
      for await (const record of groupNow(group, sites)) {
        count += 1;
        const allowance = await bulkAllowance(record, action, needs);
        if (!allowance.allowed) {
          because.set(allowance.because, (because.get(allowance.because) ?? 0) + 1);
          continue;
        }
        fit += 1;
        const { worth: own } = record;
        if (own !== undefined) worth.set(own.currency, add(worth.get(own.currency) ?? zero, own.amount));
      }
      return {
        count,
        allowed: fit,
        worth: [...worth].map(([currency, amount]) => ({ amount, currency })),
        notAllowed: reasons(because),
      };
    },
    start: async (request) => {
      const { action, group, by, reason, to, atMost, sites, approvedBy } = request;
      const id = bulkId(request);
      const begun = await show(id);
      if (begun !== undefined) return { bulk: begun };
      const total = (await pool.query<{ count: number }>(countGroup, [group, sites ?? null])).rows[0]?.count ?? 0;
      if (total === 0) return { refused: 'absent', because: `There is no open case in group ${group}.` };
      if (atMost !== undefined && total > atMost) {
        return {
          refused: 'too-many',
          because: `There are ${total} by now, more than ${atMost}: look at the group again.`,
        };
      }
      const at = clock.now();
      const details = {
        reason,
        ...(to === undefined ? {} : { to }),
        ...(approvedBy === undefined ? {} : { approvedBy }),
      };
      await inTransaction(database, async (client) => {
        const { rows } = await client.query(insertBulk, [
          ...[id, action, group, at, by, JSON.stringify(details), total, sites ?? null],
        ]);
        if (rows.length === 0) return;
        await recordAction(client, {
          target: bulkTarget(id),
          action: `${action}-group`,
          by,
          at,
          details: { ...details, group, total },
        });
      });
      wake();
      const bulk = await show(id);
      if (bulk === undefined) throw new Error(`bulk ${id} was written and is not there`);
      return { bulk };
    },
    show,
    list: async (limit = 100, sites = undefined) =>
      (await pool.query<BulkRow>(selectBulks, [limit, sites ?? null])).rows.map(bulkOf),
    stop: (id, by, reason) =>
      inTransaction(database, async (client) => {
        const at = clock.now();
        const { rows } = await client.query(stopBulk, [id, at]);
        if (rows.length === 0) return false;
        await recordAction(client, { target: bulkTarget(id), action: 'stop', by, at, details: { reason } });
        return true;
      }),
  };
}

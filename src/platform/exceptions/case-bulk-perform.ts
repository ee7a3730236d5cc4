import type { Performed } from './case-act.ts';
import { type Bulk, isLetter, type Taken } from './case-bulk-batch.ts';
import { perform } from './case-perform.ts';
import { type CaseRow, caseOf } from './case-record.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { inTransaction } from './desk-transaction.ts';
import { recordVerdicts } from './sql/case-acts.ts';
import { countVerdicts, unfinishedActions } from './sql/case-bulk.ts';

async function record({ database }: DeskNeeds, bulk: Bulk, done: ReadonlyMap<string, Performed>): Promise<void> {
  const verdicts = [...done];
  await inTransaction(database, async (client) => {
    const { rows } = await client.query<{ verdict: string }>(recordVerdicts, [
      verdicts.map(([intent]) => intent),
      verdicts.map(([, { verdict }]) => verdict),
      verdicts.map(([, performed]) => (performed.verdict === 'ignored' ? performed.because : null)),
    ]);
    const applied = rows.filter(({ verdict }) => verdict === 'applied').length;
    await client.query(countVerdicts, [bulk.id, applied, rows.length - applied]);
  });
}

/** Does what was taken: in order for each business object, `width` objects at once. What was done before one fails is recorded. */
export async function performTaken(
  needs: DeskNeeds,
  bulk: Bulk,
  taken: readonly Taken[],
  width: number,
): Promise<void> {
  const { action, by, details } = bulk;
  const byKey = Map.groupBy(taken, (one) => `${one.record.flow}/${one.record.key}`).values();
  const done = new Map<string, Performed>();
  const lane = async (): Promise<void> => {
    for (const ofOneKey of byKey) {
      for (const one of ofOneKey) {
        const act = { action, by, intent: one.intent, difference: [], ...details };
        done.set(one.intent, await perform(needs, one.record, act, isLetter(bulk, one.record)));
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  await record(needs, bulk, done);
  for (const each of lanes) if (each.status === 'rejected') throw each.reason;
}

/** Does what was taken by a node that died before it was done. */
export async function performUnfinished(needs: DeskNeeds, bulk: Bulk, atOnce: number, width: number): Promise<void> {
  for (;;) {
    const { rows } = await needs.database.pool.query<CaseRow & { readonly intent: string }>(unfinishedActions, [
      bulk.id,
      atOnce,
    ]);
    if (rows.length === 0) return;
    const taken = rows.map((row) => ({ intent: row.intent, record: caseOf(row) }));
    await performTaken(needs, bulk, taken, width);
  }
}

import { inTransaction } from '#platform/storage';
import { type ActAttempts, givenUpReason, isOutage } from './act-attempts.ts';
import type { Performed } from './case-act.ts';
import { type Bulk, isLetter, type Taken } from './case-bulk-batch.ts';
import { perform } from './case-perform.ts';
import { type CaseRow, caseOf } from './case-record.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { recordVerdicts } from './sql/case-acts.ts';
import { countVerdicts, unfinishedActions } from './sql/case-bulk.ts';

interface Results {
  readonly done: Map<string, Performed>;
  /** Those of the done that failed too often. */
  readonly givenUp: Set<string>;
}

async function record({ database }: DeskNeeds, bulk: Bulk, { done, givenUp }: Results): Promise<void> {
  const verdicts = [...done];
  await inTransaction(database, async (client) => {
    const { rows } = await client.query<{ id: string; verdict: string }>(recordVerdicts, [
      verdicts.map(([intent]) => intent),
      verdicts.map(([, { verdict }]) => verdict),
      verdicts.map(([, performed]) => (performed.verdict === 'ignored' ? performed.because : null)),
    ]);
    const applied = rows.filter(({ verdict }) => verdict === 'applied').length;
    const failed = rows.filter(({ id }) => givenUp.has(id)).length;
    const refusals = failed === 0 ? {} : { [givenUpReason]: failed };
    const ignored = rows.length - applied - failed;
    await client.query(countVerdicts, [bulk.id, applied, ignored, failed, JSON.stringify(refusals)]);
  });
}

/**
 * Does what was taken: in order for each business object, `width` objects at once. One that fails holds up those behind it of its
 * object only, and is given up when it was tried often enough. Throws the first failure that is to be tried again, after what was
 * done is recorded.
 */
export async function performTaken(
  needs: DeskNeeds,
  bulk: Bulk,
  taken: readonly Taken[],
  { width, attempts }: { readonly width: number; readonly attempts: ActAttempts },
): Promise<void> {
  const { action, by, details } = bulk;
  const byKey = Map.groupBy(taken, (one) => `${one.record.flow}/${one.record.key}`).values();
  const results: Results = { done: new Map(), givenUp: new Set() };
  const failures: unknown[] = [];
  let isAway = false;

  async function attempt({ intent, record: of }: Taken): Promise<boolean> {
    const act = { action, by, intent, difference: [], ...details };
    try {
      results.done.set(intent, await perform(needs, of, act, isLetter(bulk, of)));
      attempts.done(intent);
      return true;
    } catch (thrown) {
      const givenUp = attempts.failed(intent, thrown);
      if (givenUp === undefined) {
        failures.push(thrown);
        isAway ||= isOutage(thrown);
        return false;
      }
      results.done.set(intent, givenUp);
      results.givenUp.add(intent);
      return true;
    }
  }

  const lane = async (): Promise<void> => {
    for (const ofOneKey of byKey) {
      for (const one of ofOneKey) if (isAway || !(await attempt(one))) break;
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  await record(needs, bulk, results);
  if (failures.length > 0) throw failures[0];
}

/** Does what was taken before and is not done: by a node that died, or because it failed. */
export async function performUnfinished(
  needs: DeskNeeds,
  bulk: Bulk,
  { atOnce, ...how }: { readonly atOnce: number; readonly width: number; readonly attempts: ActAttempts },
): Promise<void> {
  for (;;) {
    const { rows } = await needs.database.pool.query<CaseRow & { readonly intent: string }>(unfinishedActions, [
      bulk.id,
      atOnce,
    ]);
    if (rows.length === 0) return;
    const taken = rows.map((row) => ({ intent: row.intent, record: caseOf(row) }));
    await performTaken(needs, bulk, taken, how);
  }
}

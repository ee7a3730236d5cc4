import { plusMilliseconds } from '#model/kernel';
import type { ActAttempts } from './act-attempts.ts';
import { finishAct, recordVerdict } from './act-finish.ts';
import type { KeptDetails, Performed } from './case-act.ts';
import type { CaseActionName } from './case-action-names.ts';
import { type CaseRow, caseOf } from './case-record.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { actsLeft } from './sql/case-acts.ts';

interface LeftRow extends CaseRow {
  readonly intent: string;
  readonly act_name: CaseActionName;
  readonly act_by: string;
  readonly act_details: KeptDetails;
}

const atOnce = 20;
/** Who ever may still be at it has given up by then. */
export const actPatienceMs = 60_000;

const notKept: Performed = {
  verdict: 'ignored',
  because: 'Its node ended before it was done, and what was edited is not known any more: decide anew.',
};

function isAboutLetter(action: CaseActionName, row: CaseRow): boolean {
  return caseOf(row).run === undefined && (action === 'retry' || action === 'edit-and-retry' || action === 'skip');
}

async function finish(needs: DeskNeeds, row: LeftRow): Promise<void> {
  const { intent, act_name: action, act_by: by, act_details: details } = row;
  if (action === 'edit-and-retry' && details.request === undefined) return recordVerdict(needs, intent, notKept);
  const act = { difference: [], ...details, action, by, intent };
  await finishAct(needs, caseOf(row), act, isAboutLetter(action, row));
}

/**
 * Finishes single acts that were taken and not done, as when their node died in between. What is delivered twice is done once, so
 * that two nodes at it, or one that was only slow, do no harm. Answers how many it finished.
 */
export async function finishActsLeft(
  needs: DeskNeeds,
  attempts: ActAttempts,
  patienceMs: number = actPatienceMs,
): Promise<number> {
  const before = plusMilliseconds(needs.clock.now(), -patienceMs);
  const { rows } = await needs.database.pool.query<LeftRow>(actsLeft, [before, atOnce]);
  let count = 0;
  for (const row of rows) {
    try {
      await finish(needs, row);
      attempts.done(row.intent);
      count += 1;
    } catch (thrown) {
      const givenUp = attempts.failed(row.intent, thrown);
      if (givenUp !== undefined) await recordVerdict(needs, row.intent, givenUp);
    }
  }
  return count;
}

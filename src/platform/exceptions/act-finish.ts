import type { Performed } from './case-act.ts';
import { type PerformedAct, perform } from './case-perform.ts';
import type { CaseRecord } from './case-record.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { recordVerdicts } from './sql/case-acts.ts';

/** Keeps what became of an act, unless that is known. */
export async function recordVerdict({ database }: DeskNeeds, intent: string, performed: Performed): Promise<void> {
  const because = performed.verdict === 'ignored' ? performed.because : null;
  await database.pool.query(recordVerdicts, [[intent], [performed.verdict], [because]]);
}

/** Does an act that was taken, and keeps what became of it. */
export async function finishAct(
  needs: DeskNeeds,
  record: CaseRecord,
  act: PerformedAct,
  isLetter: boolean,
): Promise<Performed> {
  const performed = await perform(needs, record, act, isLetter);
  await recordVerdict(needs, act.intent, performed);
  return performed;
}

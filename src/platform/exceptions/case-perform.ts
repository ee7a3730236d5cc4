import type { DecisionType, Difference } from '#platform/engine';
import type { ActFailure, CaseAct, Performed } from './case-act.ts';
import type { CaseActionName } from './case-action-names.ts';
import type { CaseRecord } from './case-record.ts';
import { presentKey } from './case-request.ts';
import type { CaseRuns, DeskNeeds } from './desk-needs.ts';
import { DecidedBefore, wasDecided } from './letter-decision.ts';
import type { LetterDesk } from './letters.ts';
import { closeLooseCase } from './sql/case-acts.ts';

/** An act about a case, whatever its form, ready to be done. */
export type PerformedAct = Omit<CaseAct, 'version'> & { readonly difference: readonly Difference[] };

const applied: Performed = { verdict: 'applied' };
const ignored = (because: string, failures?: readonly ActFailure[]): Performed => ({
  verdict: 'ignored',
  because,
  ...(failures === undefined ? {} : { failures }),
});

const decisions: Partial<Record<CaseActionName, DecisionType>> = {
  retry: 'decide.retry',
  'edit-and-retry': 'decide.retry-edited',
  answer: 'decide.answer',
  'not-done': 'decide.not-done',
  skip: 'decide.skip',
  compensate: 'decide.compensate',
  close: 'decide.close',
};

/** As the run's journal keeps it: with both names, where it took two. */
const reasonOf = ({ reason, approvedBy }: PerformedAct): string =>
  approvedBy === undefined ? reason : `${reason} (allowed by ${approvedBy})`;

async function decisionData(runs: CaseRuns, record: CaseRecord, act: PerformedAct): Promise<object> {
  const { action } = act;
  const reason = reasonOf(act);
  if (action === 'compensate') return { reason };
  if (action === 'close') return { cause: record.cause, reason };
  const effect = await presentKey(runs, record);
  if (action === 'edit-and-retry') return { effect, reason, request: act.request, difference: act.difference };
  if (action === 'answer') return { effect, reason, answer: act.answer ?? null };
  return { effect, reason };
}

/** Delivers the decision to the run; by the time it is delivered the run has taken it, and its journal says how. */
async function tellRun(runs: CaseRuns, record: CaseRecord, act: PerformedAct, type: DecisionType): Promise<Performed> {
  const { flow, key } = record;
  const data = await decisionData(runs, record, act);
  await runs.deliver([{ flow, key, id: act.intent, source: act.by, type, data }]);
  const lines = await runs.journal(flow, key);
  for (const { entry } of lines.toReversed()) {
    if (entry.kind !== 'received' || entry.message.id !== act.intent || entry.message.source !== act.by) continue;
    return entry.verdict === 'applied' ? applied : ignored(entry.because ?? 'the run could not take it as it is now');
  }
  return ignored('its run has not taken it: it waits until there is one');
}

async function decideLetter(letters: LetterDesk, record: CaseRecord, act: PerformedAct): Promise<Performed> {
  const { action, by, reason, intent } = act;
  const edited = typeof act.request === 'string' ? act.request : JSON.stringify(act.request);
  const outcome =
    action === 'retry'
      ? await letters.retry(record.id, by, reason, intent)
      : action === 'edit-and-retry'
        ? await letters.editAndRetry(record.id, edited, by, reason, intent)
        : await letters.skip(record.id, by, reason, intent);
  if (outcome.done) return applied;
  const failures = outcome.failures?.map((failure) => ({ ...failure, path: `/request${failure.path}` }));
  return ignored(outcome.because, failures);
}

/** A node may have died between the letter's decision and its verdict: what was decided is not decided again, whatever became of the letter since. */
async function tellLetter(needs: DeskNeeds, record: CaseRecord, act: PerformedAct): Promise<Performed> {
  if (await wasDecided(needs.database.pool, record.id, act.intent)) return applied;
  try {
    return await decideLetter(needs.letters, record, act);
  } catch (thrown) {
    if (thrown instanceof DecidedBefore) return applied;
    throw thrown;
  }
}

/** Does what was decided. The same again, under the same intent, does nothing twice. */
export async function perform(
  needs: DeskNeeds,
  record: CaseRecord,
  act: PerformedAct,
  isLetter: boolean,
): Promise<Performed> {
  const { database, runs, clock } = needs;
  const { action } = act;
  if (action === 'assign' || action === 'escalate' || action === 'note') return applied;
  if (isLetter) return tellLetter(needs, record, act);
  const type = decisions[action];
  if (record.run !== undefined && type !== undefined) return tellRun(runs, record, act, type);
  const { rows } = await database.pool.query(closeLooseCase, [record.id, clock.now(), act.reason]);
  return rows.length > 0 ? applied : ignored('the case is closed already');
}

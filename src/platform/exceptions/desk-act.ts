import { type AuditAction, recordAction } from '#platform/audit';
import { differenceBetween } from '#platform/engine';
import { inTransaction } from '#platform/storage';
import { finishAct } from './act-finish.ts';
import type { ActDetails, Acted, CaseAct, Performed, Refused } from './case-act.ts';
import { decides } from './case-action-names.ts';
import { allowances } from './case-actions.ts';
import { actFailures } from './case-check.ts';
import { effectOf } from './case-effect.ts';
import type { PerformedAct } from './case-perform.ts';
import { type CaseRecord, type CaseRow, caseOf } from './case-record.ts';
import { lastRequest } from './case-request.ts';
import type { DeskNeeds } from './desk-needs.ts';
import type { Letter } from './letters.ts';
import { claimCase, insertActions, insertNotes, selectAction } from './sql/case-acts.ts';
import { selectCase } from './sql/case-lists.ts';

/** What the audit calls a case. */
export const caseTarget = (id: string): string => `case:${id}`;

interface ActionRow {
  readonly case_id: string;
  readonly action: string;
  readonly verdict: 'applied' | 'ignored' | null;
  readonly because: string | null;
}

const said = ({ verdict, because }: ActionRow): Performed | undefined => {
  if (verdict === null) return undefined;
  return verdict === 'applied' ? { verdict } : { verdict, because: because ?? '' };
};

async function differenceOf(
  { runs }: DeskNeeds,
  record: CaseRecord,
  act: CaseAct,
  letter: Letter | undefined,
): Promise<PerformedAct['difference']> {
  // A letter's desk knows what came and keeps the difference itself.
  if (act.action !== 'edit-and-retry' || letter !== undefined) return [];
  return differenceBetween(await lastRequest(runs, record), act.request);
}

const detailsOf = (act: PerformedAct): ActDetails => ({
  reason: act.reason,
  ...(act.difference.length === 0 ? {} : { difference: act.difference }),
  ...(act.action === 'answer' ? { answer: act.answer ?? null } : {}),
  ...(act.to === undefined ? {} : { to: act.to }),
  ...(act.approvedBy === undefined ? {} : { approvedBy: act.approvedBy }),
});

/** What came in as JSON is JSON. */
const asJson = (details: ActDetails): AuditAction['details'] => JSON.parse(JSON.stringify(details));

/**
 * Takes the case for the act, with all that is kept of it, in one transaction; false when it is not as whoever acts saw it. What is
 * decided about a letter is recorded by the letters' desk.
 */
function take(
  { database, clock }: DeskNeeds,
  record: CaseRecord,
  version: number,
  act: PerformedAct,
  isLetter: boolean,
): Promise<boolean> {
  const { action, by, intent, to } = act;
  const at = clock.now();
  const details = detailsOf(act);
  return inTransaction(database, async (client) => {
    const { rows } = await client.query(claimCase, [
      record.id,
      version,
      at,
      to !== undefined,
      to ?? null,
      action === 'escalate' ? 1 : 0,
      action === 'note',
      decides(action),
    ]);
    if (rows.length === 0) return false;
    await client.query(insertActions, [
      [intent],
      [record.id],
      action,
      at,
      by,
      JSON.stringify({ ...details, request: act.request }),
      null,
    ]);
    if (action === 'note') await client.query(insertNotes, [[record.id], at, by, act.reason]);
    if (isLetter && decides(action)) return true;
    const { flow, key, cause, group } = record;
    await recordAction(client, {
      target: caseTarget(record.id),
      action,
      by,
      at,
      details: { ...asJson(details), flow, key, cause, group },
    });
    return true;
  });
}

const stale = (record: CaseRecord): Refused => ({
  refused: 'stale',
  because: `The case is at version ${record.version} by now: look at it again, and decide anew.`,
});

/** Why an act would be refused as the case is now; undefined when it would not. */
function refusalOf(
  { tables }: DeskNeeds,
  record: CaseRecord,
  act: CaseAct,
  letter: Letter | undefined,
): Refused | undefined {
  const allowance = allowances(record, tables, letter)[act.action];
  if (!allowance.allowed) return { refused: 'not-allowed', because: allowance.because };
  if (record.version !== act.version) return stale(record);
  const failures = actFailures(act, effectOf(record, tables));
  if (failures.length === 0) return undefined;
  return { refused: 'invalid', because: failures[0]?.message ?? 'It is not what the effect takes.', failures };
}

const absent = (id: string): Refused => ({ refused: 'absent', because: `There is no case ${id}.` });

/** Looks whether an act would be refused, and does nothing. */
export async function checkAct(needs: DeskNeeds, id: string, act: CaseAct): Promise<Refused | undefined> {
  const row = (await needs.database.pool.query<CaseRow>(selectCase, [id])).rows[0];
  if (row === undefined) return absent(id);
  const record = caseOf(row);
  return refusalOf(needs, record, act, record.run === undefined ? await needs.letters.find(id) : undefined);
}

/**
 * Does one act about one case, at most once for each intent. What was begun and not finished, because a node died, is finished
 * when the same intent comes again.
 */
export async function actOnCase(needs: DeskNeeds, id: string, act: CaseAct): Promise<Acted> {
  const { pool } = needs.database;
  const row = (await pool.query<CaseRow>(selectCase, [id])).rows[0];
  if (row === undefined) return absent(id);
  const record = caseOf(row);
  const letter = record.run === undefined ? await needs.letters.find(id) : undefined;
  const whole = async (): Promise<PerformedAct> => ({
    ...act,
    difference: await differenceOf(needs, record, act, letter),
  });
  /** What became of the same intent before; it is finished if a node died over it. */
  const before = async (): Promise<Performed | undefined> => {
    const begun = (await pool.query<ActionRow>(selectAction, [act.intent])).rows[0];
    return begun && (said(begun) ?? finishAct(needs, record, await whole(), letter !== undefined));
  };
  const repeated = await before();
  if (repeated !== undefined) return repeated;
  const refusal = refusalOf(needs, record, act, letter);
  if (refusal !== undefined) return refusal;
  const ready = await whole();
  if (await take(needs, record, act.version, ready, letter !== undefined)) {
    return finishAct(needs, record, ready, letter !== undefined);
  }
  // Somebody was faster: a twin with the same intent, or another.
  return (await before()) ?? stale({ ...record, version: record.version + 1 });
}

import { caseGroup } from '#platform/engine';
import type { ExceptionsDatabase } from './database.ts';
import { closeStarted, closeTaken, openWaitingCase, selectWaiting } from './sql/waiting.ts';

/** A message waits for a run that is not there, for longer than is usual. */
export const waitsForNothing = 'message-waits-for-nothing';
/** A run that another wanted to start could not begin. */
export const notStarted = 'not-started';

interface WaitingRow {
  readonly flow: string;
  readonly key: string;
  readonly message: string;
  readonly put_at: string;
  readonly seq: string;
}

const slice = 500;

/**
 * One round over the messages that wait: those that wait too long get a case, one for each key; cases whose run has come meanwhile are
 * closed. One node at a time.
 */
export async function checkWaitingMessages(
  { pool }: ExceptionsDatabase,
  isOverdue: (waiting: { readonly flow: string; readonly type: string; readonly since: string }) => boolean,
): Promise<void> {
  for (let after = ['-infinity', '0'], size = slice; size === slice; ) {
    const { rows } = await pool.query<WaitingRow>(selectWaiting, [...after, slice]);
    const known = new Set<string>();
    for (const { flow, key, message, put_at: since } of rows) {
      const { type, source } = JSON.parse(message) as { readonly type: string; readonly source: string };
      const began = new Date(since).toISOString();
      if (known.has(`${flow}/${key}`) || !isOverdue({ flow, type, since: began })) continue;
      known.add(`${flow}/${key}`);
      const summary =
        `${type} of ${source} waits since ${began} for ${flow} ${key}, which is not there. Edit its key and retry it, ` +
        'or skip it; it closes by itself when that run appears.';
      const group = caseGroup(flow, waitsForNothing, { group: `${source}.${type}` });
      await pool.query(openWaitingCase, [flow, key, waitsForNothing, summary.replaceAll('\0', '\uFFFD'), group]);
    }
    after = [rows.at(-1)?.put_at ?? '', rows.at(-1)?.seq ?? ''];
    size = rows.length;
  }
  await pool.query(closeTaken, [waitsForNothing]);
  await pool.query(closeStarted, [notStarted]);
}

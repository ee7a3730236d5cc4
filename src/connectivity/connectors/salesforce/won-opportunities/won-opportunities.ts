import { Compile } from 'typebox/compile';
import type { Feed, InboundMessage, Reading, UnreadableMessage } from '#connectivity/kit';
import { OrderSubmitted } from '#model/messages';
import type { Api } from '../api.ts';
import { unreadableAnswer } from '../faults.ts';
import type { SalesforceSettings } from '../settings.ts';
import { instantOf, StampedRecord } from '../wire.ts';
import { cursorAfter, cursorFrom } from './cursor.ts';
import { wonOpportunitiesStatement } from './statement.ts';
import { type Submission, submissionFrom } from './submission.ts';

const stamped = Compile(StampedRecord);
const originalLimit = 256 * 1024;
const cut = '… (cut)';

type Found = StampedRecord & Readonly<Record<string, unknown>>;

function originalOf(record: Found): string {
  const text = JSON.stringify(record);
  return text.length <= originalLimit ? text : `${text.slice(0, originalLimit - cut.length)}${cut}`;
}

/** Without an id and a stamp nothing can be said of a record, not even that it is unreadable. */
function checkedRecord(record: Readonly<Record<string, unknown>>): Found {
  if (stamped.Check(record)) return record as Found;
  throw unreadableAnswer('read', 'an opportunity comes without Id or SystemModstamp');
}

const messageFrom = (record: Found, data: Submission): InboundMessage => ({
  id: `opportunity:${record.Id}`,
  type: OrderSubmitted.name,
  data,
  occurredAt: data.orderedAt ?? instantOf(record.SystemModstamp),
  original: originalOf(record),
});

function reading(found: readonly Found[], settings: SalesforceSettings): Pick<Reading, 'messages' | 'unreadable'> {
  const messages: InboundMessage[] = [];
  const unreadable: UnreadableMessage[] = [];
  for (const record of found) {
    const submission = submissionFrom(record, settings);
    if (submission.ok) messages.push(messageFrom(record, submission.value));
    else {
      // Named by its stamp too: repaired in the CRM it comes again, and what is still wrong then is told anew.
      const id = `opportunity:${record.Id}:${instantOf(record.SystemModstamp)}`;
      unreadable.push({
        id,
        about: `opportunity:${record.Id}`,
        failures: submission.failures,
        original: originalOf(record),
      });
    }
  }
  return { messages, unreadable };
}

/** Won opportunities as order submissions, by their change stamps. */
export const createWonOpportunities = (api: Api, settings: SalesforceSettings): Feed => ({
  name: 'won-opportunities',
  sync: { model: 'change-feed', rhythmMs: settings.rhythmMs, latencyTargetMs: settings.rhythmMs * 2 },
  read: async (stored, signal) => {
    const cursor = cursorFrom(stored, settings.wonSince);
    const found = (await api.query(wonOpportunitiesStatement(cursor, settings), signal)).map(checkedRecord);
    const unseen = found.filter(({ Id, SystemModstamp }) => cursor.recent[Id] !== instantOf(SystemModstamp));
    const full = found.length >= settings.batch;
    return { ...reading(unseen, settings), cursor: cursorAfter(cursor, found, full, settings), more: full };
  },
});

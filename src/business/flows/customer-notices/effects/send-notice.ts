import { CustomerNotice, Notices, SentNotice } from '#model/capabilities';
import { askAPerson, cannotUndo, defineEffect, patiently, per } from '#platform/engine';
import type { NoticesDocument } from '../document.ts';

/** Sends the customer a notice. What was told cannot be asked about: an unknown outcome is a person's to decide. */
export const sendNotice = defineEffect({
  name: 'send-notice',
  uses: Notices,
  verb: 'send',
  occurs: per((doc: NoticesDocument) => doc.due.slice(0, 1).map(({ id }) => id)),
  ask: ({ given, due }: NoticesDocument, occurrence) => {
    const { subject = '', text = '' } = due.find(({ id }) => id === occurrence) ?? {};
    return { to: given.email, subject, text };
  },
  request: CustomerNotice,
  answer: SentNotice,
  do: (notices, notice, call) => notices.send(notice, call),
  ifUnsure: askAPerson,
  ifSkipped: () => ({ reference: 'not sent' }),
  undo: cannotUndo('what a customer was told cannot be untold'),
  retry: patiently,
  priority: 'backfill',
});

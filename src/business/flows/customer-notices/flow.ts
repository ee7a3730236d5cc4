import { days, deadline, defineFlow, minutes, when } from '#platform/engine';
import { caseForFailures } from '../failures.ts';
import type { NoticeContent, NoticesDocument, NoticesInput } from './document.ts';
import { sendNotice } from './effects/send-notice.ts';
import { NoticeDue } from './events.ts';

interface NoticesDocs {
  quiet: NoticesDocument;
  sending: NoticesDocument;
  sent: NoticesDocument;
  finished: NoticesDocument;
}

interface Due {
  readonly notice?: NoticeContent;
  readonly final: boolean;
}

const isKnown = ({ due, said }: NoticesDocument, id: string): boolean =>
  said.includes(id) || due.some((notice) => notice.id === id);

/** A notice that was said, or is about to be, is not said again, whoever repeats the fact. */
const takeNotice = (doc: NoticesDocument, { notice, final }: Due): NoticesDocument => ({
  ...doc,
  due: notice === undefined || isKnown(doc, notice.id) ? doc.due : [...doc.due, notice],
  final: doc.final || final,
});

const noteSent = (doc: NoticesDocument, { occurrence }: { readonly occurrence: string }): NoticesDocument => ({
  ...doc,
  due: doc.due.filter(({ id }) => id !== occurrence),
  said: [...doc.said, occurrence],
});

/** Tells a customer what becomes of an order, one notice after the other, each once. */
export const customerNotices = defineFlow<NoticesDocs>()({
  name: 'customer-notices',
  version: 1,
  start: 'quiet',
  begin: (input: NoticesInput): NoticesDocument => ({ given: input, due: [], said: [], final: false }),
  states: {
    quiet: {
      means: 'The customer knows all there is to know.',
      within: days(60),
      on: [when(NoticeDue, { to: 'sent', apply: takeNotice }), when(deadline, {})],
    },
    sending: {
      means: 'The customer is being told.',
      run: [sendNotice],
      within: minutes(60),
      on: [
        when(sendNotice.done, { to: 'sent', apply: noteSent, ifSettled: true }),
        when(sendNotice.done, { apply: noteSent }),
        when(NoticeDue, { apply: takeNotice }),
        when(deadline, {
          open: ({ given }) => ({
            cause: 'notice-overdue',
            summary: `A notice of order ${given.orderNumber} has not been sent for an hour. See the lane of the mail server.`,
          }),
        }),
      ],
    },
    sent: {
      means: 'Is anything else to be said?',
      choose: [
        { if: ({ due }) => due.length > 0, to: 'sending' },
        { if: ({ final }) => final, to: 'finished' },
        { to: 'quiet' },
      ],
    },
    finished: {
      means: 'The order is over, and everything is said.',
      ends: 'completed',
      ignore: [{ event: NoticeDue, because: 'the order is over and everything was said' }],
    },
  },
  everywhere: caseForFailures([sendNotice]),
  about: ({ given }) => ({ party: given.customer }),
  abandonTo: 'finished',
  // In no list, yet its stays are measured.
  lists: () => ({ sites: [], terms: [], shows: {} }),
  result: ({ given }) => ({ orderNumber: given.orderNumber }),
});

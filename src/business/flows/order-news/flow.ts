import { days, deadline, defineFlow, minutes, when } from '#platform/engine';
import { caseForFailures } from '../failures.ts';
import type { NewsDocument, NewsInput } from './document.ts';
import { tellCrm } from './effects/tell-crm.ts';
import { OrderChanged } from './events.ts';

interface NewsDocs {
  quiet: NewsDocument;
  telling: NewsDocument;
  told: NewsDocument;
  finished: NewsDocument;
}

type News = Pick<NewsDocument, 'state' | 'trackingNumbers' | 'final'>;

const takeNews = (doc: NewsDocument, { state, trackingNumbers, final }: News): NewsDocument => ({
  ...doc,
  state,
  trackingNumbers,
  final,
  version: doc.version + 1,
});

const noteTold = (doc: NewsDocument, { occurrence }: { readonly occurrence: string }): NewsDocument => ({
  ...doc,
  told: Number(occurrence),
});

/** Keeps the CRM's opportunity up to date with its order; while a call is under way, newer news wait and the latest goes next. */
export const orderNews = defineFlow<NewsDocs>()({
  name: 'order-news',
  version: 1,
  start: 'quiet',
  begin: (input: NewsInput): NewsDocument => ({
    given: input,
    state: 'new',
    trackingNumbers: [],
    final: false,
    version: 0,
    told: 0,
  }),
  states: {
    quiet: {
      means: 'The CRM knows all there is to know.',
      within: days(60),
      on: [
        when(OrderChanged, { to: 'telling', apply: takeNews }),
        when(deadline, {
          open: ({ given }) => ({
            cause: 'no-news',
            summary: `Nothing was heard of order ${given.orderNumber} for 60 days.`,
          }),
        }),
      ],
    },
    telling: {
      means: 'The CRM is being told.',
      run: [tellCrm],
      within: minutes(60),
      on: [
        when(tellCrm.done, { ifSettled: true, to: 'told', apply: noteTold }),
        when(tellCrm.done, { apply: noteTold }),
        when(OrderChanged, { apply: takeNews }),
        when(deadline, {
          open: ({ given }) => ({
            cause: 'crm-not-told',
            summary: `The CRM does not show the state of order ${given.orderNumber} for an hour.`,
          }),
        }),
      ],
    },
    told: {
      means: 'Has something happened meanwhile?',
      choose: [
        { if: (doc) => doc.told < doc.version, to: 'telling' },
        { if: (doc) => doc.final, to: 'finished' },
        { to: 'quiet' },
      ],
    },
    finished: { means: 'The order is closed and the CRM shows it.', ends: 'completed', close: ['crm-not-told'] },
  },
  everywhere: caseForFailures([tellCrm]),
  // In no list, yet its stays are measured.
  lists: () => ({ sites: [], terms: [], shows: {} }),
  result: (doc) => ({ orderNumber: doc.given.orderNumber }),
});

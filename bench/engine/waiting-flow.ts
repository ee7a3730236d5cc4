import { deadline, defineFlow, type Flow, hours, when } from '#platform/engine';

interface WaitingDocs {
  waiting: { readonly given: null };
  over: { readonly given: null };
}

/** A run that does nothing but wait for its deadline. */
export const waitingFlow: Flow<WaitingDocs> = defineFlow<WaitingDocs>()({
  name: 'waiting',
  version: 1,
  start: 'waiting',
  begin: () => ({ given: null }),
  states: {
    waiting: { means: 'It waits.', within: hours(1_000), on: [when(deadline, { to: 'over' })] },
    over: { means: 'Its time has come.', ends: 'completed' },
  },
  result: () => null,
});

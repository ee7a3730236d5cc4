import { Type } from 'typebox';
import type { Route } from '#platform/gateway';
import { actionRoute } from './case-action-route.ts';
import { Person } from './members.ts';
import type { CasesNeeds } from './needs.ts';

const Owner = Type.Union([Person, Type.Null()], { description: 'A person or a team; null takes it from its owner.' });

/** One route for each action. */
export const caseActionRoutes: readonly Route<CasesNeeds>[] = [
  actionRoute({
    action: 'retry',
    scope: 'cases:work',
    summary: 'Send it again',
    description:
      'Under the same key; where its outcome is unknown the outside system is asked first. A message is tried again.',
  }),
  actionRoute({
    action: 'edit-and-retry',
    scope: 'cases:work',
    summary: 'Send another request in its place',
    description: 'The whole request as it shall be, checked against the effect’s schema; what was changed is kept.',
    members: { request: Type.Unknown({ description: 'The whole request, or the whole message.' }) },
  }),
  actionRoute({
    action: 'answer',
    scope: 'cases:decide',
    summary: 'Go on by hand: say what came of it',
    description:
      'For what was done outside Crossdock. The answer is checked against the effect’s schema; for an undo it is null.',
    members: { answer: Type.Unknown({ description: 'As the outside system would have answered; null for an undo.' }) },
  }),
  actionRoute({
    action: 'not-done',
    scope: 'cases:decide',
    summary: 'Say that what is in doubt was not done',
    description: 'It is sent again under the same key, or given up where the run is being undone.',
  }),
  actionRoute({
    action: 'skip',
    scope: 'cases:decide',
    summary: 'Go on without it',
    description:
      'Only where the flow can: it says so of each effect. A message is given up, and what waits behind it goes on.',
  }),
  actionRoute({
    action: 'skip',
    name: 'giveUpMessage',
    path: 'message/give-up',
    aboutMessages: true,
    scope: 'cases:messages',
    summary: 'Give up a message that cannot be taken',
    description: 'For those who mend what came in and decide nothing else: what waits behind it goes on.',
  }),
  actionRoute({
    action: 'compensate',
    scope: 'cases:decide',
    summary: 'Give the run up and undo what was done',
    description: 'In reverse, step by step; what cannot be undone becomes a case of its own.',
  }),
  actionRoute({
    action: 'close',
    scope: 'cases:decide',
    summary: 'Close a case that nothing would close',
    description: 'A case that stands for a waiting effect or message closes by itself when that is decided.',
  }),
  actionRoute({
    action: 'assign',
    scope: 'cases:work',
    summary: 'Give it to somebody, or take it from them',
    description: 'Changes nothing else.',
    members: { to: Owner },
  }),
  actionRoute({
    action: 'escalate',
    scope: 'cases:work',
    summary: 'Escalate it by one level',
    description: 'With `to` it is given to somebody at once.',
    members: { to: Type.Optional(Person) },
  }),
  actionRoute({
    action: 'note',
    path: 'notes',
    scope: 'cases:work',
    summary: 'Write a note',
    description: 'The reason is its text. Closed cases take notes too.',
  }),
];

import type { CaseView } from './question.ts';

/** What may be done about a case, as the API names it. */
export type Action = CaseView['actions'][number]['action'];

/** An act in words. */
export interface ActWords {
  /** On the button. */
  readonly does: string;
  /** What will happen, in a sentence. */
  readonly consequence: string;
  readonly scope: 'cases:work' | 'cases:decide';
  readonly isDanger?: boolean;
}

const words: Readonly<Record<string, ActWords>> = {
  retry: {
    does: 'Send again',
    consequence:
      'It is sent again under the same key. Where nobody knows whether it was done, the outside system is asked first.',
    scope: 'cases:work',
  },
  'edit-and-retry': {
    does: 'Edit and send',
    consequence: 'What you write is sent in its place, under a new key. What was changed is kept with your name.',
    scope: 'cases:work',
  },
  answer: {
    does: 'Go on by hand',
    consequence: 'It counts as done with the answer that you give, and nothing is sent. Say only what you know.',
    scope: 'cases:decide',
  },
  'not-done': {
    does: 'It was not done',
    consequence: 'You say that the outside system has not done it. It is sent again under the same key.',
    scope: 'cases:decide',
  },
  skip: { does: 'Go on without', consequence: 'The flow goes on as if it were not wanted.', scope: 'cases:decide' },
  compensate: {
    does: 'Give up and undo',
    consequence:
      'The run is given up. What was done is undone in reverse; what cannot be undone becomes a case of its own.',
    scope: 'cases:decide',
    isDanger: true,
  },
  close: { does: 'Close', consequence: 'It is closed. Nothing is sent and nothing undone.', scope: 'cases:decide' },
  assign: { does: 'Assign', consequence: 'It gets this owner. Nothing else changes.', scope: 'cases:work' },
  escalate: {
    does: 'Escalate',
    consequence: 'It goes one level up, and its deadline begins anew.',
    scope: 'cases:work',
  },
  note: { does: 'Add a note', consequence: 'The note stands with the case for ever.', scope: 'cases:work' },
};

/** The words of an act; one that the console does not know is not offered. */
export const wordsOf = (action: string): ActWords | undefined => words[action];

/** Acts that decide what becomes of it, before those that only arrange who looks at it. */
export const deciding: readonly string[] = [
  'retry',
  'edit-and-retry',
  'answer',
  'not-done',
  'skip',
  'compensate',
  'close',
];
export const arranging: readonly string[] = ['assign', 'escalate', 'note'];

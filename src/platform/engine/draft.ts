import type { ChildStart, Fact, Outgoing } from './consequence.ts';
import type {
  Advance,
  AskedEffect,
  ClosedCase,
  JournalEntry,
  Message,
  OpenEffect,
  OpenedCase,
  RunState,
  Verdict,
} from './run.ts';

/** An advance while it is being worked out: the run as it stands, and everything that is to be written with it. */
export interface Draft {
  run: RunState;
  verdict: Verdict;
  timer: Advance['timer'];
  /** What is being worked out; a decision puts the outcome that it stands for in its place. */
  message: Message;
  readonly entries: JournalEntry[];
  readonly ask: AskedEffect[];
  readonly settle: OpenEffect[];
  readonly withdraw: OpenEffect[];
  readonly start: ChildStart[];
  readonly send: Outgoing[];
  readonly tell: Fact[];
  readonly openCases: OpenedCase[];
  readonly closeCases: ClosedCase[];
}

export const newDraft = (run: RunState, message: Message): Draft => ({
  run,
  message,
  verdict: 'applied',
  timer: 'keep',
  entries: [],
  ask: [],
  settle: [],
  withdraw: [],
  start: [],
  send: [],
  tell: [],
  openCases: [],
  closeCases: [],
});

const lists = ['entries', 'ask', 'settle', 'withdraw', 'start', 'send', 'tell', 'openCases', 'closeCases'] as const;

/** A point of a draft to go back to. */
export interface Bookmark extends Pick<Draft, 'run' | 'verdict' | 'timer'> {
  readonly lengths: Readonly<Record<(typeof lists)[number], number>>;
}

export const bookmark = (draft: Draft): Bookmark => ({
  run: draft.run,
  verdict: draft.verdict,
  timer: draft.timer,
  lengths: Object.fromEntries(lists.map((list) => [list, draft[list].length])) as Bookmark['lengths'],
});

/** Forgets everything that was worked out since. */
export function goBack(draft: Draft, { run, verdict, timer, lengths }: Bookmark): void {
  draft.run = run;
  draft.verdict = verdict;
  draft.timer = timer;
  for (const list of lists) draft[list].length = lengths[list];
}

export function asAdvance({ message: _, ...advance }: Draft): Advance {
  return advance;
}

export function tellFacts(draft: Draft, facts: readonly Fact[]): void {
  for (const fact of facts) {
    draft.tell.push(fact);
    draft.entries.push({ kind: 'told', fact });
  }
}

export function sendMessages(draft: Draft, messages: readonly Outgoing[]): void {
  for (const outgoing of messages) {
    if (outgoing.to === 'parent' && draft.run.parent === undefined) continue;
    draft.send.push(outgoing);
    draft.entries.push({ kind: 'sent', outgoing });
  }
}

import type { CaseOpening, ChildStart, Fact, Outgoing } from './consequence.ts';
import type { Advance, AskedEffect, JournalEntry, Message, OpenEffect, RunState, Verdict } from './run.ts';

/** An advance while it is being worked out: the run as it stands, and everything that is to be written with it. */
export interface Draft {
  run: RunState;
  verdict: Verdict;
  timer: Advance['timer'];
  readonly message: Message;
  readonly entries: JournalEntry[];
  readonly ask: AskedEffect[];
  readonly settle: OpenEffect[];
  readonly withdraw: OpenEffect[];
  readonly start: ChildStart[];
  readonly send: Outgoing[];
  readonly tell: Fact[];
  readonly openCases: CaseOpening[];
  readonly closeCases: string[];
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

/** One case per run and cause: opening one that is open changes nothing. */
export function openCase(draft: Draft, opening: CaseOpening): void {
  if (draft.run.cases.includes(opening.cause)) return;
  draft.run = { ...draft.run, cases: [...draft.run.cases, opening.cause] };
  draft.openCases.push(opening);
  draft.entries.push({ kind: 'case-opened', opening });
}

export function closeCases(draft: Draft, causes: readonly string[]): void {
  for (const cause of causes) {
    if (!draft.run.cases.includes(cause)) continue;
    draft.run = { ...draft.run, cases: draft.run.cases.filter((open) => open !== cause) };
    draft.closeCases.push(cause);
    draft.entries.push({ kind: 'case-closed', cause });
  }
}

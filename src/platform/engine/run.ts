import type { FaultRecord, RoutingFacts } from '#model/kernel';
import type { CaseOpening, CaseSubject, ChildStart, Ending, Fact, Outgoing } from './consequence.ts';
import type { Duration } from './duration.ts';
import type { Priority } from './effect.ts';

/** An effect that was asked and has not come back. */
export interface OpenEffect {
  readonly name: string;
  readonly occurrence: string;
  /** The idempotency key: flow, business key, effect and occurrence; nothing of the run's id. */
  readonly key: string;
  /** The visit of the state that asked it. */
  readonly visit: number;
  /** It undoes what `name` and `occurrence` did. */
  readonly undoes?: true;
  /** It failed and its case is open; it stays open until somebody decides. */
  readonly parked?: true;
  /** Parked, and nobody can say whether it was done. */
  readonly doubtful?: true;
}

/** A case that stands for the run, and what closes it beside a line of the table. */
export interface OpenCase {
  readonly cause: string;
  /** Its group: many cases of one cause. */
  readonly group: string;
  /** It closes when this visit is over. */
  readonly visit?: number;
  /** Key, as it was before any edit, of the effect it stands for: it closes when that is settled, or not wanted any more. */
  readonly effect?: string;
  /** Its effect has ended already: it closes only when somebody says so. */
  readonly stays?: true;
}

/** A case as an advance opens it. */
export interface OpenedCase extends CaseOpening {
  readonly group: string;
  /** Key of the effect it stands for. */
  readonly effect?: string;
  /** Which instance failed, and how. */
  readonly instance?: string;
  readonly fault?: FaultRecord;
  readonly subject: CaseSubject;
}

/** A case that an advance closes. */
export interface ClosedCase {
  readonly cause: string;
  readonly effect?: string;
  /** Why it is gone, for people. */
  readonly because: string;
}

/** A message for a run, from outside, from another run, or from the engine itself. */
export interface Message {
  readonly id: string;
  /** Who says so: an instance name (`wms-east`), `api:<consumer>`, `flow:<flow>/<key>`, `engine`, `person:<name>`. */
  readonly source: string;
  /** The event type's name. */
  readonly type: string;
  readonly data: unknown;
  /** When we accepted it. */
  readonly at: string;
  /** W3C `traceparent` of what caused it, where that is known. */
  readonly traceparent?: string;
}

/** The part of a run that changes. Everything here is written on each advance, so it stays small. */
export interface RunState {
  readonly key: string;
  readonly state: string;
  /** Counts entries to states; a timer names the visit for which it was set. */
  readonly visit: number;
  /** The flow's document. Its member `given`, where it has one, never changes after `begin`: it is stored once, apart. */
  readonly document: unknown;
  readonly phase: 'forward' | 'unwinding' | 'ended';
  readonly ending?: Ending;
  /** The final state that an unwinding run is on its way to. */
  readonly unwindTo?: string;
  readonly open: readonly OpenEffect[];
  /** Done, and to be undone when the run unwinds; oldest first. */
  readonly undoable: readonly { readonly name: string; readonly occurrence: string; readonly key: string }[];
  /** `name/occurrence` of every effect ever asked that must not be asked again. */
  readonly asked: readonly string[];
  /** Children that have not ended. */
  readonly children: readonly { readonly flow: string; readonly key: string }[];
  readonly parent?: { readonly flow: string; readonly key: string };
  readonly cases: readonly OpenCase[];
  /** How often the request of an effect was edited, by `name/occurrence`; each edit has a key of its own. */
  readonly edits?: Readonly<Record<string, number>>;
  readonly deferred: readonly Message[];
}

/** An effect as an advance asks for it. */
export interface AskedEffect extends OpenEffect {
  readonly capability: string;
  readonly route: RoutingFacts;
  /** Frozen. For an undo, and for one that is asked `again`, it is what the journal knows. */
  readonly request: unknown;
  /** It was asked before under this key; `doubtful`: and may have been done, so the target is asked first. */
  readonly again?: 'safe' | 'doubtful';
  /** Only its fate is of interest: it is not sent again. */
  readonly unwanted?: true;
  readonly priority: Priority;
  readonly latestWins: boolean;
}

/** One line of a run's journal: append-only, the audit and the source of the narrative. */
export type JournalEntry =
  | { readonly kind: 'started'; readonly flow: string; readonly version: number; readonly by: string }
  | { readonly kind: 'received'; readonly message: Message; readonly verdict: Verdict; readonly because?: string }
  | { readonly kind: 'entered'; readonly state: string; readonly visit: number }
  | {
      readonly kind: 'asked';
      readonly name: string;
      readonly occurrence: string;
      readonly key: string;
      readonly capability: string;
      readonly request: unknown;
      readonly undoes?: true;
    }
  | {
      readonly kind: 'settled';
      readonly name: string;
      readonly occurrence: string;
      readonly key: string;
      readonly outcome: 'done';
      readonly answer: unknown;
      readonly undoes?: true;
      /** A person said so. */
      readonly byHand?: true;
    }
  | {
      readonly kind: 'settled';
      readonly name: string;
      readonly occurrence: string;
      readonly key: string;
      readonly outcome: 'refused' | 'failed';
      readonly fault: FaultRecord;
      readonly undoes?: true;
    }
  | { readonly kind: 'withdrawn'; readonly name: string; readonly occurrence: string; readonly key: string }
  /** It goes without: nothing was done, or nobody wants to know any more. */
  | { readonly kind: 'skipped'; readonly name: string; readonly occurrence: string; readonly key: string }
  | { readonly kind: 'told'; readonly fact: Fact }
  | { readonly kind: 'sent'; readonly outgoing: Outgoing }
  | { readonly kind: 'child-started'; readonly flow: string; readonly key: string }
  | { readonly kind: 'case-opened'; readonly opening: CaseOpening }
  | { readonly kind: 'case-closed'; readonly cause: string; readonly because: string }
  /** It goes on by another version of its flow. */
  | { readonly kind: 'migrated'; readonly from: number; readonly to: number; readonly state: string }
  | { readonly kind: 'unwinding'; readonly to: string }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** What became of a message: a line applied, kept for later, known to be without consequence, or nobody expected it. */
export type Verdict = 'applied' | 'deferred' | 'ignored' | 'unexpected';

/** All that one message does to one run; written in one transaction or not at all. */
export interface Advance {
  readonly run: RunState;
  readonly verdict: Verdict;
  readonly entries: readonly JournalEntry[];
  readonly ask: readonly AskedEffect[];
  /** Effects that this message settled: their rows go. */
  readonly settle: readonly OpenEffect[];
  /** Effects to withdraw if they were not sent; each comes back as `<name>.withdrawn` or with its outcome. */
  readonly withdraw: readonly OpenEffect[];
  /** `keep` leaves the timer alone, `clear` removes it. */
  readonly timer: 'keep' | 'clear' | { readonly visit: number; readonly within: Duration; readonly warnAt?: number };
  readonly start: readonly ChildStart[];
  readonly send: readonly Outgoing[];
  readonly tell: readonly Fact[];
  readonly openCases: readonly OpenedCase[];
  readonly closeCases: readonly ClosedCase[];
}

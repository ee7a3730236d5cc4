import type { CaseOpening, CaseSubject, ChildStart, Ending, Fact, Outgoing } from './consequence.ts';
import type { DurationOf } from './duration.ts';
import type { AnyEffect } from './effect.ts';
import type { EventType, Moment } from './event.ts';
import type { Listing } from './listing.ts';
import type { Migration } from './migration.ts';
import type { Table } from './table.ts';

/** What else a rule does, beside moving: all pure, all committed with the move. */
export interface Consequences<Doc, Data> {
  /** Facts, from the document after `apply`. */
  readonly tell?: (doc: Doc, data: Data, at: Moment) => readonly Fact[];
  /** Messages to other runs, from the document after `apply`. */
  readonly send?: (doc: Doc, data: Data, at: Moment) => readonly Outgoing[];
  readonly open?: (doc: Doc, data: Data, at: Moment) => CaseOpening;
  /** Causes whose case is now closed; `hold-*` for all that begin so. */
  readonly close?: readonly string[];
  /** Effects whose doing stands from now on: they are not undone any more. */
  readonly final?: readonly { readonly name: string }[];
  /** For an effect's `refused`: it waits, parked, for a person's decision, as one that failed does. */
  readonly park?: true;
}

/** Moves to another state with a new document. */
export interface Move<Doc, Next, Target> extends Consequences<never, never> {
  readonly event: EventType<unknown>;
  readonly if?: (doc: Doc, data: never, at: Moment) => boolean;
  readonly ifSettled?: true;
  readonly to: Target;
  readonly apply: (doc: Doc, data: never, at: Moment) => Next;
}
/** Moves to another state; the document is good there as it is. */
export interface Keep<Doc, Target> extends Consequences<never, never> {
  readonly event: EventType<unknown>;
  readonly if?: (doc: Doc, data: never, at: Moment) => boolean;
  readonly ifSettled?: true;
  readonly to: Target;
  readonly apply?: undefined;
}
/** Stays: neither runs effects again nor resets the deadline. */
export interface Stay<Doc, Next> extends Consequences<never, never> {
  readonly event: EventType<unknown>;
  readonly if?: (doc: Doc, data: never, at: Moment) => boolean;
  readonly ifSettled?: true;
  readonly to?: undefined;
  readonly apply?: (doc: Doc, data: never, at: Moment) => Next;
}

/** Withdraws what was not sent, settles what was, undoes what was done in reverse, then enters `unwindTo`. */
export interface Unwind<Doc, Next, Target> extends Consequences<never, never> {
  readonly event: EventType<unknown>;
  readonly if?: (doc: Doc, data: never, at: Moment) => boolean;
  readonly ifSettled?: true;
  readonly unwindTo: Target;
  readonly to?: undefined;
  readonly apply?: (doc: Doc, data: never, at: Moment) => Next;
}

/** What may stand in the `on` of state `S`: every target's document is checked against the move. */
export type Transition<Docs, S extends keyof Docs> =
  | { [T in keyof Docs]: Move<Docs[S], Docs[T], T> }[keyof Docs]
  | { [T in keyof Docs]: Docs[S] extends Docs[T] ? Keep<Docs[S], T> : never }[keyof Docs]
  | { [T in keyof Docs]: Docs[S] extends Docs[T] ? Unwind<Docs[S], Docs[T], T> : never }[keyof Docs]
  | Stay<Docs[S], Docs[S]>;

interface Rule<Doc, Data> {
  readonly if?: (doc: Doc, data: Data, at: Moment) => boolean;
  /** Only when no effect of this state is still open: how a state with several effects is left. */
  readonly ifSettled?: true;
}

/** "When this happens here, then …": one line of a flow's table. The first whose `if` holds is taken. */
export function when<Data, Doc, Next, const Target extends string>(
  event: EventType<Data>,
  rule: Rule<Doc, Data> &
    Consequences<Next, Data> & { readonly to: Target; readonly apply: (doc: Doc, data: Data, at: Moment) => Next },
): Move<Doc, Next, Target>;
export function when<Data, Doc, const Target extends string>(
  event: EventType<Data>,
  rule: Rule<Doc, Data> & Consequences<Doc, Data> & { readonly to: Target },
): Keep<Doc, Target>;
export function when<Data, Doc, Next extends Doc, const Target extends string>(
  event: EventType<Data>,
  rule: Rule<Doc, Data> &
    Consequences<Doc, Data> & {
      readonly unwindTo: Target;
      readonly apply?: (doc: Doc, data: Data, at: Moment) => Next;
    },
): Unwind<Doc, Next, Target>;
export function when<Data, Doc, Next extends Doc>(
  event: EventType<Data>,
  rule: Rule<Doc, Data> & Consequences<Doc, Data> & { readonly apply?: (doc: Doc, data: Data, at: Moment) => Next },
): Stay<Doc, Next>;
export function when(event: EventType<unknown>, rule: object): object {
  return { event, ...rule };
}

/** A branch of a choice: the first whose `if` holds is taken, the last has none. */
export type Branch<Docs, S extends keyof Docs> = {
  [T in keyof Docs]: Docs[S] extends Docs[T] ? { readonly if?: (doc: Docs[S]) => boolean; readonly to: T } : never;
}[keyof Docs];

interface Described {
  /** What it means, in a sentence of the warehouse manager's; shown to operators. */
  readonly means: string;
}

/** What is told, sent and opened on entering a state. */
type Entry<Doc> = {
  readonly open?: (doc: Doc, at: Moment) => readonly CaseOpening[];
  /** Causes whose case is closed by being here; `hold-*` for all that begin so. */
  readonly close?: readonly string[];
  readonly tell?: (doc: Doc, at: Moment) => readonly Fact[];
  readonly send?: (doc: Doc, at: Moment) => readonly Outgoing[];
};

/** A state in which a run waits: for its effects, its children, or news. */
export interface WaitingState<Docs, S extends keyof Docs> extends Described, Entry<Docs[S]> {
  /** Effects asked on entry, all at once. */
  readonly run?: readonly AnyEffect<Docs[S]>[];
  /** Child runs started on entry. */
  readonly start?: (doc: Docs[S], at: Moment) => readonly ChildStart[];
  /** Its deadline; a rule for `deadline` says what then. */
  readonly within: DurationOf<Docs[S]>;
  /** The share of that time, e.g. 0.75, after which a case of severity `warning` is opened, until the state is left; absent: none. */
  readonly warnAt?: number;
  readonly on: readonly Transition<Docs, S>[];
  /** Kept, and offered again after each move. */
  readonly defer?: readonly EventType<unknown>[];
  /** Recorded and without consequence here, because … */
  readonly ignore?: readonly { readonly event: EventType<unknown>; readonly because: string }[];
}

/** A state that is left at once, by what the document says. */
export interface ChoiceState<Docs, S extends keyof Docs> extends Described {
  readonly choose: readonly Branch<Docs, S>[];
}

/** A state in which a run ends. Messages that still come are recorded; those not ignored open a case. */
export interface FinalState<Docs, S extends keyof Docs> extends Described, Entry<Docs[S]> {
  readonly ends: Ending;
  /** Late messages that are expected here, because … */
  readonly ignore?: readonly { readonly event: EventType<unknown>; readonly because: string }[];
}

export type State<Docs, S extends keyof Docs> = WaitingState<Docs, S> | ChoiceState<Docs, S> | FinalState<Docs, S>;

/** What a parent learns when a child has ended. */
export interface ChildEnded<Result> {
  readonly key: string;
  readonly ending: Ending;
  readonly result: Result;
}

export interface FlowDefinition<Docs, Input, Result, Start extends keyof Docs> {
  /** A noun, kebab-case, e.g. `order-to-cash`. */
  readonly name: string;
  readonly version: number;
  readonly start: Start;
  /** The first document, from what the run was started with. Immutable input is stored once, apart. */
  readonly begin: (input: Input, at: Moment) => Docs[Start];
  readonly states: { readonly [S in keyof Docs]: State<Docs, S> };
  /** In every waiting state that has no line of its own for the event. */
  readonly everywhere?: readonly Stay<Docs[keyof Docs], Docs[keyof Docs]>[];
  /** Messages that are without consequence wherever no line speaks of them, because … */
  readonly ignore?: readonly { readonly event: EventType<unknown>; readonly because: string }[];
  /** What is wrong with a document; checked after every message. A breach refuses the message and opens a case that names it. */
  readonly breaches?: (doc: Docs[keyof Docs]) => readonly string[];
  /** What the parent is told at the end. */
  readonly result: (doc: Docs[keyof Docs]) => Result;
  /** With whom it is, how much is at risk and by when: on every case of the run. Must not throw. */
  readonly about?: (doc: Docs[keyof Docs]) => CaseSubject;
  /** What lists show of its runs, and what they are found by. Absent: they stand in none. Must not throw. */
  readonly lists?: (doc: Docs[keyof Docs]) => Listing;
  /** Where a run ends up that a person gives up: what was done is undone first. Absent: it cannot be given up. */
  readonly abandonTo?: keyof Docs & string;
  /** From which older versions running ones are taken over, and how. Absent: they finish on the version they began with. */
  readonly migrates?: readonly Migration<Docs>[];
}

/** A flow that passed its checks. */
export interface Flow<Docs = unknown, Input = unknown, Result = unknown> {
  readonly name: string;
  readonly version: number;
  /** The message by which a parent hears of this flow's end. */
  readonly ended: EventType<ChildEnded<Result>>;
  readonly table: Table;
  /** Carries the types only; never set. */
  readonly types?: { readonly docs: Docs; readonly input: Input };
}

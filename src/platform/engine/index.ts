export type { Advanced, KeptEntry, RunHistory } from './advanced.ts';
export { caseGroup } from './case-group.ts';
export type { CaseOpening, CaseSubject, ChildStart, Ending, Fact, Outgoing } from './consequence.ts';
export { type Decisions, type DecisionType, type Difference, isDecision } from './decision.ts';
export { defineFlow, FlowRefused } from './define-flow.ts';
export { type Arrow, arrowsOf, drawFlow, tabulateFlow } from './describe-flow.ts';
export { differenceBetween } from './difference.ts';
export {
  businessHours,
  type Duration,
  type DurationOf,
  days,
  hours,
  milliseconds,
  minutes,
  seconds,
} from './duration.ts';
export {
  type AnyEffect,
  askAPerson,
  briefly,
  type CannotUndo,
  cannotUndo,
  defineEffect,
  type Effect,
  type EffectDefinition,
  nothingToUndo,
  type Occurrence,
  once,
  type Priority,
  patiently,
  per,
  perVisit,
  priorities,
  type RetryPolicy,
  type Settled,
  sendAgain,
  type Unsettled,
} from './effect.ts';
export { effectKey, unedited } from './effect-key.ts';
export type { CallPurpose, EngineWatch, WatchedCall, WatchedEffect } from './engine-watch.ts';
export { deadline, defineEvent, type EventType, type Moment } from './event.ts';
export {
  type ChildEnded,
  type Flow,
  type FlowDefinition,
  type State,
  type Transition,
  when,
} from './flow.ts';
export type { Listing, Term } from './listing.ts';
export { migrateRun } from './migrate-run.ts';
export type { Migration, Standing } from './migration.ts';
export type { Advance, AskedEffect, JournalEntry, Message, OpenCase, OpenEffect, RunState, Verdict } from './run.ts';
export { type Beginning, begin, step } from './step.ts';
export type { Line, Table, TableEffect, TableState } from './table.ts';

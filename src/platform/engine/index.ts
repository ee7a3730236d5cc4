export type { CaseOpening, ChildStart, Ending, Fact, Outgoing } from './consequence.ts';
export { defineFlow, FlowRefused } from './define-flow.ts';
export { drawFlow, tabulateFlow } from './describe-flow.ts';
export { businessHours, type Duration, days, hours, minutes, seconds } from './duration.ts';
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
export { effectKey } from './effect-key.ts';
export { deadline, defineEvent, type EventType, type Moment } from './event.ts';
export {
  type ChildEnded,
  type Flow,
  type FlowDefinition,
  type State,
  type Transition,
  when,
} from './flow.ts';
export type { Advance, AskedEffect, JournalEntry, Message, OpenEffect, RunState, Verdict } from './run.ts';
export { type Beginning, begin, step } from './step.ts';
export type { Line, Table, TableEffect, TableState } from './table.ts';

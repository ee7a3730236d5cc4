export {
  type ActDetails,
  type Acted,
  type ActFailure,
  type CaseAct,
  isRefused,
  type Performed,
  type Refused,
} from './case-act.ts';
export { type Allowance, type Allowances, type CaseActionName, caseActions } from './case-action-names.ts';
export {
  type BulkAction,
  type BulkActionName,
  type BulkPreview,
  type BulkRequest,
  type BulkStarted,
  bulkActions,
} from './case-bulk.ts';
export { type BulkDesk, createBulkDesk } from './case-bulk-desk.ts';
export { type BulkOptions, type BulkWorker, createBulkWorker } from './case-bulk-worker.ts';
export { type CasePatience, giveDeadlines, keepDeadlines } from './case-deadlines.ts';
export { type EscalationOptions, escalateOverdue, keepEscalating } from './case-deadlines-escalate.ts';
export type { CaseEffect, CaseStanding, Tables } from './case-effect.ts';
export { type CaseGroup, type GroupFilter, summariseOpenCases } from './case-groups.ts';
export type { CaseOrder, CasePage, CasePlace, CaseQuery } from './case-list.ts';
export type { CaseRecord } from './case-record.ts';
export { type Case, type CaseCount, type CaseFilter, countOpenCases, listCases } from './cases.ts';
export { type DeadLetterDeskNeeds, deadLetterActions } from './dead-letter-desk.ts';
export { type CaseDesk, type CaseDetail, type CaseNote, type CaseView, createCaseDesk, type PastAct } from './desk.ts';
export { caseTarget } from './desk-act.ts';
export type { CaseRuns, DeskNeeds } from './desk-needs.ts';
export { type EffectStanding, effectStandings } from './effect-standings.ts';
export { type InboxDeskNeeds, inboxActions } from './inbox-desk.ts';
export { allLetters } from './letter-desk.ts';
export type {
  Letter,
  LetterDesk,
  LetterFailure,
  LetterKind,
  LetterOutcome,
} from './letters.ts';
export {
  closeQuarantinedMessage,
  closeReplacedMessages,
  findQuarantined,
  listQuarantine,
  type QuarantinedMessage,
  quarantineMessage,
  type ReadMessage,
  type RefusedMessage,
} from './quarantine.ts';
export { type QuarantineDeskNeeds, quarantineActions } from './quarantine-desk.ts';
export { listRecentCases, type RecentCase } from './recent-cases.ts';
export type { Replay, ReplayDesk, ReplayOutcome, ReplayRefusal, ReplaySelection, ReplayState } from './replay.ts';
export { createReplayDesk, type ReplayDeskNeeds, type ReplayDeskOptions } from './replay-desk.ts';
export { createReplayWorker, type ReplayWorker, type ReplayWorkerNeeds } from './replay-worker.ts';
export { checkWaitingMessages } from './waiting-messages.ts';
export { createWatchdog, type Round, type Watchdog, type WatchdogOptions } from './watchdog.ts';

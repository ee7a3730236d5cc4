export type { ChainVerdict } from './audit/audit-chain.ts';
export { type AuditFinding, type AuditQuery, type AuditReport, verifyAudit } from './audit/verify-audit.ts';
export { type BusinessCalendar, createBusinessCalendar, usualWeek } from './calendar/business-calendar.ts';
export {
  type CalendarDefinition,
  type CalendarFailure,
  calendarFailures,
  readOpening,
  type Weekday,
  weekdays,
} from './calendar/business-calendar-definition.ts';
export { createZone } from './calendar/business-calendar-zone.ts';
export { createEngine, type EngineNeeds } from './create-engine.ts';
export type {
  AddressedMessage,
  Engine,
  EngineMetrics,
  JournalLine,
  LaneMetrics,
  Log,
  ParkedCase,
  Provider,
  Providers,
  RecordedEntry,
  RunView,
  Started,
  StartRun,
  VerbClass,
} from './engine.ts';
export type { CrashAt, EngineOptions } from './engine-options.ts';
export { type MaintenanceFailure, type MaintenanceWindow, maintenanceFailures } from './lanes/lane-maintenance.ts';
export type {
  LaneBacklog,
  LaneBudget,
  LaneEvent,
  LaneForecast,
  LaneHistory,
  LaneState,
  LaneStatus,
} from './lanes/lane-status.ts';
export { messagesTaken } from './mail/messages-taken.ts';
export type { Declared, Loss } from './nodes/lost-window.ts';
export { runHistories } from './runs/run-histories.ts';
export { RunsStranded } from './versions/register-flows.ts';

export type { ChainVerdict } from './audit-chain.ts';
export { type BusinessCalendar, createBusinessCalendar, usualWeek } from './business-calendar.ts';
export {
  type CalendarDefinition,
  type CalendarFailure,
  calendarFailures,
  readOpening,
  type Weekday,
  weekdays,
} from './business-calendar-definition.ts';
export { createZone } from './business-calendar-zone.ts';
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
export { type MaintenanceFailure, type MaintenanceWindow, maintenanceFailures } from './lane-maintenance.ts';
export type {
  LaneBacklog,
  LaneBudget,
  LaneEvent,
  LaneForecast,
  LaneHistory,
  LaneState,
  LaneStatus,
} from './lane-status.ts';
export type { Declared, Loss } from './lost-window.ts';
export { messagesTaken } from './messages-taken.ts';
export { RunsStranded } from './register-flows.ts';
export { runHistories } from './run-histories.ts';
export { type AuditFinding, type AuditQuery, type AuditReport, verifyAudit } from './verify-audit.ts';

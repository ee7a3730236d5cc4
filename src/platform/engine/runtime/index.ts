export type { ChainVerdict } from './audit-chain.ts';
export { type BusinessCalendar, createBusinessCalendar, type WorkingWeek } from './business-calendar.ts';
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

export type { Change, Changes } from './change-line.ts';
export { createRunCounter, type Move, type RunCounter, type StateCount } from './count-runs.ts';
export { type Departing, type Departure, type DepartureQuery, type Late, readDepartures } from './departures.ts';
export type { ListedRun } from './listed-run.ts';
export { createProgress, type Progress, type ProgressNeeds, type ProgressOptions } from './progress.ts';
export {
  createRunReader,
  type RunOrder,
  type RunPage,
  type RunPlace,
  type RunQuery,
  type RunReader,
  type Visibility,
} from './read-runs.ts';
export type { OpenRuns } from './summary.ts';
export { rebuildProgress } from './sweep.ts';

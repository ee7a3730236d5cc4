export {
  createFakeLetters,
  createFakeRuns,
  type FakeLetters,
  type FakeRuns,
  type OpenedCase,
  tables,
} from './fake-runs.ts';

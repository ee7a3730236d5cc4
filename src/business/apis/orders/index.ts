export {
  acceptSubmission,
  type DoorCatalogue,
  type EffectStanding,
  type OrderRun,
  type OrderRuns,
  type OrdersNeeds,
  OrderView,
  ordersV1,
  type RecordedLine,
  type Submission,
  type SubmissionContext,
  type SubmissionLine,
} from './v1/index.ts';

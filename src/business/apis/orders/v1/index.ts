export { ordersV1 } from './api.ts';
export type { EffectStanding, OrderRun, OrderRuns, OrdersNeeds, RecordedLine } from './needs.ts';
export { acceptSubmission } from './submission/accept-submission.ts';
export type { DoorCatalogue, Submission, SubmissionContext, SubmissionLine } from './submission/context.ts';
export { OrderView } from './view-schema.ts';

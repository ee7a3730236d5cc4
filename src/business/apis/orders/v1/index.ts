export { ordersV1 } from './api.ts';
export type { LocalDays, OrderLists, ShutLane } from './list/needs.ts';
export type { EffectStanding, OrderAudit, OrderRun, OrderRuns, OrdersNeeds, RecordedLine } from './needs.ts';
export { releasePerformer } from './release/act-of-two.ts';
export { acceptSubmission } from './submission/accept-submission.ts';
export type { DoorCatalogue, Submission, SubmissionContext, SubmissionLine } from './submission/context.ts';
export { OrderView } from './view-schema.ts';

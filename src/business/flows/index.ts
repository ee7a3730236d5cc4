export { type NoticeContent, type NoticeKind, noticeKinds } from './customer-notices/document.ts';
export { NoticeDue } from './customer-notices/events.ts';
export { customerNotices } from './customer-notices/flow.ts';
export type { FulfilmentDocument } from './fulfilment/document.ts';
export { CancelFulfilment, ReleaseAgain, ReleasedByHand } from './fulfilment/events.ts';
export { fulfilment } from './fulfilment/flow.ts';
export { nothingMoreFollows } from './fulfilment/rules/shipments.ts';
export { OrderChanged } from './order-news/events.ts';
export { orderNews } from './order-news/flow.ts';
export type {
  Cancellation,
  Hold,
  HoldKind,
  OrderChange,
  OrderDocument,
  Verdict,
  Waiver,
  WantedChange,
} from './order-to-cash/document.ts';
export { CancelRequested, ChangeRequested, HoldReleased } from './order-to-cash/events.ts';
export { orderFactSchemas } from './order-to-cash/fact-schema.ts';
export { type FactLine, type OrderFactData, orderFactTypes } from './order-to-cash/facts.ts';
export { orderToCash } from './order-to-cash/flow.ts';
export { isBeingCancelled } from './order-to-cash/rules/cancellations.ts';
export { isPending, whyNoSecond } from './order-to-cash/rules/change-verdicts.ts';
export { agreedPrice, isWithinTolerance } from './order-to-cash/rules/checks.ts';
export { demandOf } from './order-to-cash/rules/demand.ts';
export { lastHold } from './order-to-cash/rules/holds.ts';
export { type OrderNumberKind, orderNumberKinds } from './order-to-cash/rules/listing.ts';
export { tooLateIn } from './order-to-cash/rules/too-late.ts';
export { orderWorth } from './order-to-cash/rules/worth.ts';
export { storyOf } from './story-of.ts';

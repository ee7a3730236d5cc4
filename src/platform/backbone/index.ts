export { type Backbone, createBackbone, type Subscriber } from './backbone.ts';
export {
  type DeadLetter,
  findDeadLetter,
  listDeadLetters,
  redriveDeadLetter,
  skipDeadLetter,
} from './dead-letters.ts';
export type { Cursor, FactEvent } from './fact.ts';
export { readInboxLag, readSubscriptionLag, type SubscriptionLag } from './lag.ts';
export { type PassedQuery, passedFacts, type StoredFact } from './passed-facts.ts';
export { type FactPage, type FactQuery, ForeignCursor, factEvent } from './read-facts.ts';
export type { Subscription } from './subscription.ts';
export type { Patience, Repeats, SubscriptionRequest } from './subscription-request.ts';

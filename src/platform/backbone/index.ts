export { type Backbone, createBackbone } from './backbone.ts';
export type { Cursor, FactEvent } from './fact.ts';
export { type FactPage, type FactQuery, ForeignCursor } from './read-facts.ts';
export type { Subscription, SubscriptionRequest } from './subscription.ts';

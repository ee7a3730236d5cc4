export type { OpenHours } from './alert-book.ts';
export { type AlertPlan, type Alerts, type AlertsNeeds, type AlertsOptions, createAlerts } from './create-alerts.ts';
export type { FeedRhythm } from './find-machinery.ts';
export { hostName, isNetwork, type ResolveHost } from './outgoing-address.ts';

export type { OpenHours } from './alert-book.ts';
export { type AlertPlan, type Alerts, type AlertsNeeds, type AlertsOptions, createAlerts } from './create-alerts.ts';
export type { FeedRhythm } from './find-machinery.ts';
export {
  AddressRefused,
  type Destination,
  findDestination,
  hostName,
  isNetwork,
  type ResolveHost,
  resolveHost,
} from './outgoing-address.ts';
export { type OutgoingNeeds, type OutgoingWay, openOutgoingWay } from './outgoing-way.ts';

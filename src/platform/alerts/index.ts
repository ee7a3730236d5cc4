export type { AlertCondition, Finding } from './condition.ts';
export {
  type FeedHealth,
  type FeedPromise,
  type FeedReadings,
  feedHealth,
  feedNotedEveryMs,
  feedSilence,
} from './feed-health.ts';
export type {
  AlertChannel,
  AlertMessage,
  AlertOccasion,
  AlertPost,
  AlertRule,
  AlertSeverity,
  ChatChannel,
  EmailChannel,
  OutgoingPolicy,
  QuietHours,
  WebhookChannel,
} from './rule.ts';

export type { AlertCondition, Finding } from './condition.ts';
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

import type { AlertCondition } from './condition.ts';

/** `urgent` is told at any hour. */
export type AlertSeverity = 'notice' | 'warning' | 'urgent';

/** Hours in which only what is urgent is told: all that lie outside of a calendar's openings. */
export interface QuietHours {
  /** A calendar's name. */
  readonly outside: string;
}

/** When this is so, tell them. */
export interface AlertRule {
  readonly name: string;
  readonly when: AlertCondition;
  /** Names of channels. */
  readonly to: readonly string[];
  /** Default `warning`. */
  readonly severity?: AlertSeverity;
  /** Told again so long as it lasts; absent: once. */
  readonly repeatAfterMinutes?: number;
  /** In the place of the channel's own. */
  readonly quietHours?: QuietHours;
}

interface ChannelBase {
  readonly quietHours?: QuietHours;
  /** More is held and told together; default 60. Of what is urgent as many again: it does not wait behind what is not. */
  readonly atMostPerHour?: number;
}

/** Signed by Standard Webhooks. */
export interface WebhookChannel extends ChannelBase {
  readonly kind: 'webhook';
  readonly url: string;
  /** `whsec_` and base64; with two every message carries both signatures, so that a receiver may change over. */
  readonly secrets: readonly string[];
}

/** An incoming webhook that takes `{ "text" }`, as Slack and Mattermost do. The address is the secret. */
export interface ChatChannel extends ChannelBase {
  readonly kind: 'chat';
  readonly url: string;
}

/** A mail by SMTP. */
export interface EmailChannel extends ChannelBase {
  readonly kind: 'email';
  readonly host: string;
  readonly port: number;
  /** `starttls` (default) refuses a server that does not offer it; `tls` from the first byte; `none` is for a relay nearby. */
  readonly security?: 'starttls' | 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
}

export type AlertChannel = WebhookChannel | ChatChannel | EmailChannel;

/** Where alerts may be sent. Loopback, private, link-local and metadata addresses never are, unless a network here holds them. */
export interface OutgoingPolicy {
  /** Only these hosts, by name; absent: any that is public. */
  readonly hosts?: readonly string[];
  /** Networks that are allowed though they are not public, as `10.20.0.0/16`. Only there is plain HTTP taken. */
  readonly networks?: readonly string[];
}

/** What is told of an alert: `opened` once, `repeated` as its rule says, `over` at its end; `digest` tells what was held. */
export type AlertOccasion = 'opened' | 'repeated' | 'over';

/** One message of an alert, as every channel gets it. */
export interface AlertMessage {
  readonly occasion: AlertOccasion;
  readonly alert: string;
  readonly rule: string;
  readonly subject: string;
  readonly severity: AlertSeverity;
  readonly headline: string;
  readonly count: number;
  readonly worth: readonly { readonly amount: string; readonly currency: string }[];
  readonly examples: readonly string[];
  readonly openedAt: string;
  readonly at: string;
}

/** What a channel is given to tell: one message, or several that were held. */
export type AlertPost =
  | { readonly kind: 'alert'; readonly message: AlertMessage }
  | { readonly kind: 'digest'; readonly at: string; readonly messages: readonly AlertMessage[] };

import type { AlertPlan, FeedRhythm } from '#platform/alerts/runtime';
import { createAlerts } from '#platform/alerts/runtime';
import type { Log } from '#platform/engine/runtime';
import { createWatchdog, type EscalationOptions, keepEscalating } from '#platform/exceptions';
import type { Database, Leadership } from '#platform/storage';
import type { Calendars } from './calendars.ts';

export interface WatchNeeds {
  readonly database: Database;
  readonly lead: Leadership['lead'];
  readonly plan: AlertPlan;
  readonly calendars: Calendars;
  readonly feeds: readonly FeedRhythm[];
  readonly escalation: EscalationOptions;
  readonly log: Log;
  /** W3C `traceparent` of what leaves the house; absent: traces are off. */
  readonly traceparent?: ((alert: string, occasion: string) => string) | undefined;
}

/** Keeps watch, one node for all: finds what is stuck, escalates what nobody decides, tells what was asked to be told. */
export function keepWatch({ database, lead, plan, calendars, feeds, escalation, log, traceparent }: WatchNeeds): {
  stop(): Promise<void>;
} {
  const watchdog = createWatchdog({ database, log });
  const alerts = createAlerts({ database, plan, calendars: calendars.byName, feeds, log, traceparent });
  const cases = { database, calendar: calendars.deadlines, log };
  const led = [
    lead('watchdog', watchdog.run),
    lead('escalate-cases', (signal) => keepEscalating(signal, cases, escalation)),
    lead('alerts', alerts.run),
  ];
  return {
    stop: async () => {
      await Promise.all(led.map((each) => each.stop()));
    },
  };
}

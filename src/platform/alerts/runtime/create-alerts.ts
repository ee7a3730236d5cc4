import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, type Instant, type Json, systemClock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { AlertCondition, Finding, LongStay } from '../condition.ts';
import type { AlertChannel, AlertRule, OutgoingPolicy } from '../rule.ts';
import { createAlertBook, type OpenHours } from './alert-book.ts';
import { createCensus } from './census.ts';
import { channelCases } from './channel-cases.ts';
import { findOpenCases, findOverdueCases } from './find-cases.ts';
import { createMachineryFinder, type FeedRhythm } from './find-machinery.ts';
import { createOutbox } from './outbox.ts';
import { type ResolveHost, resolveHost } from './outgoing-address.ts';
import { senderOf } from './sender-of.ts';

/** What operations people want to be told, and how. Already checked. */
export interface AlertPlan {
  readonly channels: Readonly<Record<string, AlertChannel>>;
  readonly rules: readonly AlertRule[];
  readonly outgoing: OutgoingPolicy;
}

export interface AlertsNeeds {
  readonly database: Database;
  readonly plan: AlertPlan;
  /** By name; quiet hours lie outside of their openings. */
  readonly calendars: Readonly<Record<string, OpenHours>>;
  readonly feeds: readonly FeedRhythm[];
  readonly clock?: Clock;
  readonly log?: (event: string, details: Readonly<Record<string, Json>>) => void;
  readonly resolve?: ResolveHost;
  /** W3C `traceparent` that goes with what a webhook is told; absent: none. */
  readonly traceparent?: ((alert: string, occasion: string) => string) | undefined;
}

export interface AlertsOptions {
  /** How often conditions are looked at, ms. Default 10 000. */
  readonly everyMs?: number;
  /** How often it is asked whether there is something to tell, ms. Default 2 000. */
  readonly tellMs?: number;
  /** A condition that is not seen for so long is over, ms. Default 60 000. */
  readonly calmMs?: number;
  /** How often the runs are counted for `long-stay`, ms. Default 60 000. */
  readonly censusMs?: number;
  /** Runs in one read of the census, and the pause after it, ms. Default 2 000 and 20. */
  readonly slice?: number;
  readonly pauseMs?: number;
  /** Patience with a receiver, ms. Default 10 000. */
  readonly patienceMs?: number;
}

export interface Alerts {
  /** Looks once at every rule and tells what is to be told. */
  look(): Promise<void>;
  /** Counts the runs once, for `long-stay`. */
  count(signal: AbortSignal): Promise<void>;
  /** Looks and counts until the signal: work for one node at a time, harmless on two. */
  run(signal: AbortSignal): Promise<void>;
}

const isLongStay = (condition: AlertCondition): condition is LongStay => condition.kind === 'long-stay';

/**
 * Watches conditions and tells channels.
 *
 * ```ts
 * const alerts = createAlerts({ database, plan, calendars, feeds });
 * const led = leadership.lead('alerts', alerts.run);
 * ```
 */
export function createAlerts(needs: AlertsNeeds, options: AlertsOptions = {}): Alerts {
  const { database, plan, calendars, feeds, clock = systemClock, log = () => undefined } = needs;
  const {
    everyMs = 10_000,
    tellMs = 2_000,
    calmMs = 60_000,
    censusMs = 60_000,
    slice = 2_000,
    pauseMs = 20,
    patienceMs = 10_000,
  } = options;
  const posting = {
    policy: plan.outgoing,
    resolve: needs.resolve ?? resolveHost,
    patienceMs,
    traceparent: needs.traceparent,
  };
  const book = createAlertBook({ database, channels: plan.channels, calendars }, { calmMs });
  const channels = Object.fromEntries(
    Object.entries(plan.channels).map(([name, channel]) => [name, { channel, send: senderOf(posting, channel) }]),
  );
  const outbox = createOutbox({ database, clock, log, channels, ...channelCases(database) });
  const conditions = plan.rules.map(({ when }) => when);
  const census = createCensus({ database, now: clock.now }, conditions.filter(isLongStay), { slice, pauseMs });
  const machinery = createMachineryFinder({ database, feeds, startedAt: clock.now() });
  let isFirst = true;

  /** Undefined: not known yet. */
  async function find(condition: AlertCondition, at: Instant): Promise<readonly Finding[] | undefined> {
    switch (condition.kind) {
      case 'open-cases':
        return findOpenCases(database, condition);
      case 'overdue-cases':
        return findOverdueCases(database, condition, at);
      case 'long-stay':
        return census.find(condition);
      case 'lane-open':
        return machinery.lanesOpen(condition, at);
      case 'lane-backlog':
        return machinery.backlogs(condition, at);
      case 'feed-silent':
        return machinery.feedsSilent(condition, at);
      case 'replay-stopped':
        return machinery.replaysStopped();
      case 'node-dead':
        return machinery.nodesDead(at);
      case 'database-trouble':
        return machinery.databaseTrouble(condition);
    }
  }

  /** A rule that cannot be looked at says nothing, not that its trouble is over. */
  async function lookAt(rule: AlertRule, at: Instant): Promise<void> {
    try {
      const findings = await find(rule.when, at);
      if (findings !== undefined) await book.record(rule, findings, at);
    } catch (thrown) {
      log('alert-rule-failed', { rule: rule.name, message: String(thrown) });
    }
  }

  async function lookAtRules(): Promise<void> {
    const at = clock.now();
    if (isFirst) await book.forgetOthers(plan.rules, at);
    isFirst = false;
    for (const rule of plan.rules) await lookAt(rule, at);
  }

  async function again(signal: AbortSignal, pause: number, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await work().catch((thrown: unknown) => {
        if (!signal.aborted) log('alerts-not-watched', { message: String(thrown) });
      });
      await wait(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    look: async () => {
      await lookAtRules();
      await outbox.flush();
    },
    count: census.take,
    // Each in a loop of its own: a receiver that takes its time keeps no rule from being looked at.
    run: async (signal) => {
      await Promise.all([
        again(signal, everyMs, lookAtRules),
        again(signal, censusMs, () => census.take(signal)),
        outbox.run(signal, tellMs),
      ]);
    },
  };
}

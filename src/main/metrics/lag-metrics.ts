import { readInboxLag, readSubscriptionLag } from '#platform/backbone';
import type { Database } from '#platform/storage';
import { addGauge, type Registry } from '#platform/telemetry';
import { ageSeconds, sharedReading } from './shared-reading.ts';

/** A subscriber of facts, and what it reads. */
export interface WatchedSubscriber {
  readonly name: string;
  readonly types?: readonly string[];
}

/** How far those who read are behind those who write. */
export function lagMetrics(registry: Registry, database: Database, subscribers: readonly WatchedSubscriber[]): void {
  const lags = sharedReading(() =>
    Promise.all(
      subscribers.map(async ({ name, types }) => ({ name, ...(await readSubscriptionLag(database, name, types)) })),
    ),
  );
  const inbox = sharedReading(() => readInboxLag(database));
  addGauge(registry, {
    name: 'crossdock_subscriber_lag_facts',
    help: 'Facts that a subscriber has not taken, counted up to 10 000.',
    labels: ['subscriber'],
    measure: async () => (await lags()).map(({ name, facts }) => ({ labels: { subscriber: name }, value: facts })),
  });
  addGauge(registry, {
    name: 'crossdock_subscriber_lag_seconds',
    help: 'For how long the oldest fact waits that a subscriber has not taken; 0 when there is none.',
    labels: ['subscriber'],
    measure: async () =>
      (await lags()).map(({ name, oldest }) => ({
        labels: { subscriber: name },
        value: oldest === undefined ? 0 : ageSeconds(oldest),
      })),
  });
  addGauge(registry, {
    name: 'crossdock_inbox_messages',
    help: 'Messages that wait for their run: those whose run is not there yet, and those that are being handed on. Counted up to 100 000.',
    measure: async () => [{ value: (await inbox()).messages }],
  });
  addGauge(registry, {
    name: 'crossdock_inbox_oldest_age_seconds',
    help: 'For how long the oldest message waits for its run; 0 when none does.',
    measure: async () => {
      const { oldest } = await inbox();
      return [{ value: oldest === undefined ? 0 : ageSeconds(oldest) }];
    },
  });
}

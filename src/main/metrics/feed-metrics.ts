import type { FeedsNeeds } from '#business/apis/feeds/v1';
import { addGauge, type Registry } from '#platform/telemetry';
import type { RunningFeed } from '../feeds/run-feed.ts';
import { ageSeconds, sharedReading } from './shared-reading.ts';

/** How fresh the feeds are: what this node does, and what the whole installation knows. */
export function feedMetrics(
  registry: Registry,
  running: readonly RunningFeed[],
  { feeds }: FeedsNeeds['feedDesk'],
): void {
  const told = sharedReading(() => feeds(new Date().toISOString()));
  addGauge(registry, {
    name: 'crossdock_feed',
    help: 'Feeds since the start: read by this node (1 or 0), readings, messages, unreadable messages, failures in a row.',
    labels: ['feed', 'figure'],
    measure: () =>
      running.flatMap((feed) =>
        Object.entries(feed.health()).map(([figure, value]) => ({ labels: { feed: feed.name, figure }, value })),
      ),
  });
  addGauge(registry, {
    name: 'crossdock_feed_health',
    help: '1 for how a feed is: fresh, late, silent, failing or not-read-yet; the same rule as in the feeds API and in alerts.',
    labels: ['feed', 'health'],
    measure: async () => (await told()).map(({ feed, health }) => ({ labels: { feed, health }, value: 1 })),
  });
  addGauge(registry, {
    name: 'crossdock_feed_read_age_seconds',
    help: 'Time since a feed was read without a fault, by any node; readings without news are noted once a minute.',
    labels: ['feed'],
    measure: async () =>
      (await told()).flatMap(({ feed, lastReadAt }) =>
        lastReadAt === undefined ? [] : [{ labels: { feed }, value: ageSeconds(lastReadAt) }],
      ),
  });
  addGauge(registry, {
    name: 'crossdock_feed_message_age_seconds',
    help: 'Time since a feed brought something.',
    labels: ['feed'],
    measure: async () =>
      (await told()).flatMap(({ feed, lastMessageAt }) =>
        lastMessageAt === undefined ? [] : [{ labels: { feed }, value: ageSeconds(lastMessageAt) }],
      ),
  });
  addGauge(registry, {
    name: 'crossdock_feed_rhythm_seconds',
    help: 'Time between two readings of a feed, as it is declared.',
    labels: ['feed'],
    measure: async () => (await told()).map(({ feed, rhythmSeconds }) => ({ labels: { feed }, value: rhythmSeconds })),
  });
  addGauge(registry, {
    name: 'crossdock_feed_latency_seconds',
    help: 'From the outside system’s event to our commit, of the last hour’s messages: median and the 95th of 100.',
    labels: ['feed', 'quantile'],
    measure: async () =>
      (await told()).flatMap(({ feed, latencySeconds }) =>
        latencySeconds === undefined
          ? []
          : [
              { labels: { feed, quantile: '0.5' }, value: latencySeconds.median },
              { labels: { feed, quantile: '0.95' }, value: latencySeconds.p95 },
            ],
      ),
  });
}

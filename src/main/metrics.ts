import type { Engine } from '#platform/engine/runtime';
import { countOpenCases } from '#platform/exceptions';
import type { Database } from '#platform/storage';
import { addGauge, createMetrics, type Registry } from '#platform/telemetry';
import type { RunningFeed } from './feeds/run-feed.ts';

export interface MetricsNeeds {
  readonly engine: Engine;
  readonly database: Database;
  readonly feeds: readonly RunningFeed[];
}

const breakerStates = { closed: 0, probing: 1, open: 2 } as const;
const laneFigures = ['queued', 'inFlight', 'delayed', 'sent', 'failed'] as const;

/** What the platform says of itself, measured when it is read. */
export function platformMetrics({ engine, database, feeds }: MetricsNeeds): Registry {
  const registry = createMetrics();
  addGauge(registry, {
    name: 'crossdock_runs',
    help: 'Runs by flow and state, as this node knows.',
    labels: ['flow', 'state'],
    measure: () => engine.metrics().runs.map(({ flow, state, count }) => ({ labels: { flow, state }, value: count })),
  });
  addGauge(registry, {
    name: 'crossdock_lane_effects',
    help: 'Effects by lane: queued, under way, delayed (retry or doubt), sent and failed since the start.',
    labels: ['lane', 'figure'],
    measure: () =>
      engine
        .metrics()
        .lanes.flatMap((lane) =>
          laneFigures.map((figure) => ({ labels: { lane: lane.lane, figure }, value: lane[figure] })),
        ),
  });
  addGauge(registry, {
    name: 'crossdock_lane_breaker',
    help: 'Breaker: 0 closed, 1 probing, 2 open.',
    labels: ['lane'],
    measure: () =>
      engine.metrics().lanes.map(({ lane, breaker }) => ({ labels: { lane }, value: breakerStates[breaker] })),
  });
  addGauge(registry, {
    name: 'crossdock_lane_backlog',
    help: 'Effects of the whole installation that wait to be sent, by lane and priority.',
    labels: ['lane', 'priority'],
    measure: async () =>
      (await engine.lanes()).flatMap(({ lane, backlog }) =>
        backlog.byPriority.map(({ priority, count }) => ({ labels: { lane, priority }, value: count })),
      ),
  });
  addGauge(registry, {
    name: 'crossdock_lane_held',
    help: 'Lanes of the whole installation that may not be used: 1 for each that is paused, in maintenance, or has an open breaker.',
    labels: ['lane', 'state'],
    measure: async () =>
      (await engine.lanes()).flatMap(({ lane, state }) =>
        state === 'open' ? [] : [{ labels: { lane, state }, value: 1 }],
      ),
  });
  addGauge(registry, {
    name: 'crossdock_commits',
    help: 'What the committer has done since the start.',
    labels: ['figure'],
    measure: () => Object.entries(engine.metrics().commits).map(([figure, value]) => ({ labels: { figure }, value })),
  });
  addGauge(registry, {
    name: 'crossdock_feed',
    help: 'Feeds since the start: read by this node (1 or 0), readings, messages, unreadable messages, failures in a row.',
    labels: ['feed', 'figure'],
    measure: () =>
      feeds.flatMap((feed) =>
        Object.entries(feed.health()).map(([figure, value]) => ({ labels: { feed: feed.name, figure }, value })),
      ),
  });
  addGauge(registry, {
    name: 'crossdock_node',
    help: 'This node: holds its lease (1 or 0), and for how long nothing could be written, in seconds.',
    labels: ['node', 'figure'],
    measure: () => {
      const { node, holdsLease, stuckMs } = engine.health();
      return [
        { labels: { node, figure: 'holds-lease' }, value: holdsLease ? 1 : 0 },
        { labels: { node, figure: 'stuck-seconds' }, value: stuckMs / 1_000 },
      ];
    },
  });
  addGauge(registry, {
    name: 'crossdock_open_cases',
    help: 'Open cases by cause.',
    labels: ['cause'],
    measure: async () =>
      (await countOpenCases(database)).map(({ cause, count }) => ({ labels: { cause }, value: count })),
  });
  return registry;
}

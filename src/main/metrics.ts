import { Counter, Gauge, type Registry } from 'prom-client';
import type { Engine } from '#platform/engine/runtime';
import { countOpenCases } from '#platform/exceptions';
import type { Database } from '#platform/storage';
import type { RunningFeed } from './feeds/run-feed.ts';

export interface MetricsNeeds {
  readonly registry: Registry;
  readonly engine: Engine;
  readonly database: Database;
  readonly feeds: readonly RunningFeed[];
}

const breakerStates = { closed: 0, probing: 1, open: 2 } as const;

/** Registers what the platform says of itself; the answer brings the figures up to date before they are read. */
export function collectMetrics({ registry, engine, database, feeds }: MetricsNeeds): () => Promise<void> {
  const registers = [registry];
  const runs = new Gauge({
    name: 'crossdock_runs',
    help: 'Runs by flow and state, as this node knows.',
    labelNames: ['flow', 'state'],
    registers,
  });
  const queued = new Gauge({
    name: 'crossdock_lane_queued',
    help: 'Effects that wait for their lane.',
    labelNames: ['lane'],
    registers,
  });
  const inFlight = new Gauge({
    name: 'crossdock_lane_in_flight',
    help: 'Calls under way.',
    labelNames: ['lane'],
    registers,
  });
  const delayed = new Gauge({
    name: 'crossdock_lane_delayed',
    help: 'Effects that wait for a retry or are in doubt.',
    labelNames: ['lane'],
    registers,
  });
  const breaker = new Gauge({
    name: 'crossdock_lane_breaker',
    help: 'Breaker: 0 closed, 1 probing, 2 open.',
    labelNames: ['lane'],
    registers,
  });
  const commits = new Gauge({
    name: 'crossdock_commits',
    help: 'What the committer has done since the start.',
    labelNames: ['what'],
    registers,
  });
  const cases = new Gauge({
    name: 'crossdock_open_cases',
    help: 'Open cases by cause.',
    labelNames: ['cause'],
    registers,
  });
  const feedReads = new Counter({
    name: 'crossdock_feed_messages_total',
    help: 'Messages that feeds brought.',
    labelNames: ['feed'],
    registers,
  });
  const feedFailures = new Gauge({
    name: 'crossdock_feed_failures_in_a_row',
    help: 'Failed readings since the last good one.',
    labelNames: ['feed'],
    registers,
  });
  const counted = new Map<string, number>();

  return async () => {
    const metrics = engine.metrics();
    runs.reset();
    for (const { flow, state, count } of metrics.runs) runs.set({ flow, state }, count);
    for (const lane of metrics.lanes) {
      const labels = { lane: lane.lane };
      queued.set(labels, lane.queued);
      inFlight.set(labels, lane.inFlight);
      delayed.set(labels, lane.delayed);
      breaker.set(labels, breakerStates[lane.breaker]);
    }
    for (const [what, count] of Object.entries(metrics.commits)) commits.set({ what }, count);
    for (const feed of feeds) {
      const { messages, failuresInARow } = feed.health();
      feedReads.inc({ feed: feed.name }, messages - (counted.get(feed.name) ?? 0));
      counted.set(feed.name, messages);
      feedFailures.set({ feed: feed.name }, failuresInARow);
    }
    cases.reset();
    for (const { cause, count } of await countOpenCases(database)) cases.set({ cause }, count);
  };
}

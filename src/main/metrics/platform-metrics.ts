import type { FeedsNeeds } from '#business/apis/feeds/v1';
import type { Engine } from '#platform/engine/runtime';
import type { OpenRuns } from '#platform/progress';
import type { Database } from '#platform/storage';
import type { Registry, Tracing } from '#platform/telemetry';
import type { RunningFeed } from '../feeds/run-feed.ts';
import { caseMetrics } from './case-metrics.ts';
import { feedMetrics } from './feed-metrics.ts';
import { lagMetrics, type WatchedSubscriber } from './lag-metrics.ts';
import { laneMetrics } from './lane-metrics.ts';
import { nodeMetrics } from './node-metrics.ts';
import { stageMetrics } from './stage-metrics.ts';

export interface MetricsNeeds {
  readonly engine: Pick<Engine, 'metrics' | 'health' | 'lanes'>;
  readonly database: Database;
  readonly feeds: readonly RunningFeed[];
  readonly feedDesk: FeedsNeeds['feedDesk'];
  readonly summary: () => Promise<readonly OpenRuns[]>;
  readonly subscribers: readonly WatchedSubscriber[];
  readonly traces?: Pick<Tracing, 'figures'> | undefined;
}

/** What the platform says of itself, measured when it is read; docs/observability.md tells what each figure means. */
export function platformMetrics(registry: Registry, needs: MetricsNeeds): void {
  const { engine, database, feeds, feedDesk, summary, subscribers } = needs;
  nodeMetrics(registry, needs);
  laneMetrics(registry, engine);
  stageMetrics(registry, summary);
  lagMetrics(registry, database, subscribers);
  feedMetrics(registry, feeds, feedDesk);
  caseMetrics(registry, database);
}

import type { Engine } from '#platform/engine/runtime';
import type { Database } from '#platform/storage';
import { addGauge, addMeasuredCounter, type Registry, type Tracing } from '#platform/telemetry';

export interface NodeMetricsNeeds {
  readonly engine: Pick<Engine, 'metrics' | 'health'>;
  readonly database: Database;
  readonly traces?: Pick<Tracing, 'figures'> | undefined;
}

/** This node: its lease, what it wrote, its connections and its traces. */
export function nodeMetrics(registry: Registry, { engine, database, traces }: NodeMetricsNeeds): void {
  addGauge(registry, {
    name: 'crossdock_runs',
    help: 'Runs by flow and state, as this node knows.',
    labels: ['flow', 'state'],
    measure: () => engine.metrics().runs.map(({ flow, state, count }) => ({ labels: { flow, state }, value: count })),
  });
  addGauge(registry, {
    name: 'crossdock_commits',
    help: 'What the committer has done since the start.',
    labels: ['figure'],
    measure: () => Object.entries(engine.metrics().commits).map(([figure, value]) => ({ labels: { figure }, value })),
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
    name: 'crossdock_database_connections',
    help: 'Connections of this node’s pool to the database: busy and idle. Those that commit are beside it.',
    labels: ['state'],
    measure: () => {
      const { totalCount, idleCount } = database.pool;
      return [
        { labels: { state: 'busy' }, value: totalCount - idleCount },
        { labels: { state: 'idle' }, value: idleCount },
      ];
    },
  });
  addGauge(registry, {
    name: 'crossdock_database_waiting_requests',
    help: 'Statements of this node that wait for a connection.',
    measure: () => [{ value: database.pool.waitingCount }],
  });
  addMeasuredCounter(registry, {
    name: 'crossdock_trace_spans_total',
    help: 'Spans since the start: exported, dropped because too many waited, failed because the collector did not take them.',
    labels: ['outcome'],
    measure: () => Object.entries(traces?.figures() ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
  });
}

import type { Engine } from '#platform/engine/runtime';
import { addGauge, type Registry } from '#platform/telemetry';
import { ageSeconds, sharedReading } from './shared-reading.ts';

const breakerStates = { closed: 0, probing: 1, open: 2 } as const;
const laneFigures = ['queued', 'inFlight', 'delayed', 'sent', 'failed'] as const;

/** The lanes: this node's part, and the whole installation's standing. */
export function laneMetrics(registry: Registry, engine: Pick<Engine, 'metrics' | 'lanes'>): void {
  const lanes = sharedReading(() => engine.lanes());
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
      (await lanes()).flatMap(({ lane, backlog }) =>
        backlog.byPriority.map(({ priority, count }) => ({ labels: { lane, priority }, value: count })),
      ),
  });
  addGauge(registry, {
    name: 'crossdock_lane_held',
    help: 'Lanes of the whole installation that may not be used: 1 for each that is paused, in maintenance, or has an open breaker.',
    labels: ['lane', 'state'],
    measure: async () =>
      (await lanes()).flatMap(({ lane, state }) => (state === 'open' ? [] : [{ labels: { lane, state }, value: 1 }])),
  });
  addGauge(registry, {
    name: 'crossdock_lane_forecast_seconds',
    help: 'When a lane’s backlog is gone if nothing more comes; absent where nobody can say, as while its breaker is open.',
    labels: ['lane'],
    measure: async () =>
      (await lanes()).flatMap(({ lane, forecast }) =>
        forecast.known ? [{ labels: { lane }, value: forecast.seconds }] : [],
      ),
  });
  addGauge(registry, {
    name: 'crossdock_lane_oldest_age_seconds',
    help: 'For how long the effect of a lane waits that waits for longest; 0 when none does.',
    labels: ['lane'],
    measure: async () =>
      (await lanes()).map(({ lane, oldest }) => ({
        labels: { lane },
        value: oldest === undefined ? 0 : ageSeconds(oldest),
      })),
  });
}

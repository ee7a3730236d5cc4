import type { OpenRuns } from '#platform/progress';
import { addGauge, addHistogram, type Registry } from '#platform/telemetry';
import { ageSeconds } from './shared-reading.ts';

const stageBuckets = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400, 259_200, 604_800];

/** Adds how long runs stayed where; answers how to observe a stay that is over. */
export function stayMetrics(registry: Registry): (flow: string, state: string, milliseconds: number) => void {
  const stay = addHistogram(registry, {
    name: 'crossdock_stage_seconds',
    help: 'Time that runs stayed in a state, of the stays that ended and that this node wrote down.',
    labels: ['flow', 'state'],
    buckets: stageBuckets,
  });
  return (flow, state, milliseconds) => stay([flow, state], milliseconds / 1_000);
}

/** Runs of the same state are counted by currency; here they are one. */
const byState = (open: readonly OpenRuns[]) => [...Map.groupBy(open, ({ flow, state }) => `${flow}/${state}`).values()];

/** Where the runs of each business process stand, as the whole installation knows. */
export function stageMetrics(registry: Registry, summary: () => Promise<readonly OpenRuns[]>): void {
  addGauge(registry, {
    name: 'crossdock_stage_runs',
    help: 'Runs that have not ended, by flow and state, of the whole installation.',
    labels: ['flow', 'state'],
    measure: async () =>
      byState(await summary()).flatMap((parts) => {
        const [first] = parts;
        if (first === undefined) return [];
        const value = parts.reduce((sum, { count }) => sum + count, 0);
        return [{ labels: { flow: first.flow, state: first.state }, value }];
      }),
  });
  addGauge(registry, {
    name: 'crossdock_stage_oldest_age_seconds',
    help: 'For how long the run has been in its state that is there for longest, by flow and state.',
    labels: ['flow', 'state'],
    measure: async () =>
      byState(await summary()).flatMap((parts) => {
        const [first] = parts;
        if (first === undefined) return [];
        const value = Math.max(...parts.map(({ oldestEnteredAt }) => ageSeconds(oldestEnteredAt)));
        return [{ labels: { flow: first.flow, state: first.state }, value }];
      }),
  });
  addGauge(registry, {
    name: 'crossdock_stage_worth',
    help: 'What the runs in a state are worth together, by flow, state and currency, in units of the currency.',
    labels: ['flow', 'state', 'currency'],
    measure: async () =>
      (await summary()).flatMap(({ flow, state, currency, worth }) =>
        currency === undefined || worth === undefined
          ? []
          : [{ labels: { flow, state, currency }, value: Number(worth) }],
      ),
  });
}

import { countOpenCases } from '#platform/exceptions';
import type { Database } from '#platform/storage';
import { addGauge, type Registry } from '#platform/telemetry';
import { ageSeconds, sharedReading } from './shared-reading.ts';

/** By the partial indexes of open cases. */
const bySeverity = `
select coalesce(severity, 'unknown') as severity, count(*)::int as count from case_record where closed_at is null group by 1`;

/** What waits for a person. */
export function caseMetrics(registry: Registry, database: Database): void {
  const open = sharedReading(() => countOpenCases(database));
  addGauge(registry, {
    name: 'crossdock_open_cases',
    help: 'Open cases by cause.',
    labels: ['cause'],
    measure: async () => (await open()).map(({ cause, count }) => ({ labels: { cause }, value: count })),
  });
  addGauge(registry, {
    name: 'crossdock_case_oldest_age_seconds',
    help: 'For how long the oldest open case of a cause is open.',
    labels: ['cause'],
    measure: async () => (await open()).map(({ cause, oldest }) => ({ labels: { cause }, value: ageSeconds(oldest) })),
  });
  addGauge(registry, {
    name: 'crossdock_open_cases_by_severity',
    help: 'Open cases by severity.',
    labels: ['severity'],
    measure: async () => {
      const { rows } = await database.pool.query<{ severity: string; count: number }>(bySeverity);
      return rows.map(({ severity, count }) => ({ labels: { severity }, value: count }));
    },
  });
}

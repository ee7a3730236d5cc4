import type { EngineWatch } from '#platform/engine';
import { addCounter, addHistogram, type Registry } from '#platform/telemetry';

const callBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const effectBuckets = [0.025, 0.1, 0.25, 1, 2.5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];
const commitBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What the engine does with outside systems and the database, as this node's figures. */
export function engineMetrics(registry: Registry): Required<Pick<EngineWatch, 'calling' | 'settled' | 'committed'>> {
  const call = addHistogram(registry, {
    name: 'crossdock_effect_call_seconds',
    help: 'Time of one call to an outside system, by what it was for (send, ask, discard) and what came of it (answer, fault, unknown).',
    labels: ['system', 'purpose', 'outcome'],
    buckets: callBuckets,
  });
  const failure = addCounter(registry, {
    name: 'crossdock_effect_failures_total',
    help: 'Calls to an outside system that came to a fault, by its kind: transient, ambiguous, permanent, business.',
    labels: ['system', 'kind'],
  });
  const effect = addHistogram(registry, {
    name: 'crossdock_effect_seconds',
    help: 'Time of an effect from when a run asked it until its outcome was written, waiting and retries included.',
    labels: ['system', 'effect', 'outcome'],
    buckets: effectBuckets,
  });
  const commit = addHistogram(registry, {
    name: 'crossdock_commit_seconds',
    help: 'Time to write a batch of advances durably.',
    buckets: commitBuckets,
  });
  return {
    calling: ({ instance }, purpose) => {
      const from = performance.now();
      return {
        ended: (outcome, fault) => {
          call([instance, purpose, outcome], (performance.now() - from) / 1_000);
          if (fault !== undefined) failure([instance, fault.kind]);
        },
      };
    },
    settled: ({ instance, name, askedAt }, outcome) =>
      effect([instance, name, outcome], Math.max(0, Date.now() - Date.parse(askedAt)) / 1_000),
    committed: (milliseconds) => commit([], milliseconds / 1_000),
  };
}

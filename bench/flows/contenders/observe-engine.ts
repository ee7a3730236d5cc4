import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '#platform/engine/runtime';
import { addGauge, createMetrics } from '#platform/telemetry';

/** Reads every figure of the engine each second, as a scraper does, and logs it. Answers how to end it. */
export function observeEngine(engine: Engine): () => void {
  const registry = createMetrics();
  addGauge(registry, {
    name: 'crossdock_runs',
    help: 'Runs by flow and state.',
    labels: ['flow', 'state'],
    measure: () => engine.metrics().runs.map(({ flow, state, count }) => ({ labels: { flow, state }, value: count })),
  });
  addGauge(registry, {
    name: 'crossdock_commits',
    help: 'What the committer has done.',
    labels: ['figure'],
    measure: () => Object.entries(engine.metrics().commits).map(([figure, value]) => ({ labels: { figure }, value })),
  });
  const log = createWriteStream(join(tmpdir(), `crossdock-bench-${process.pid}.log`));
  const timer = setInterval(() => void registry.metrics().then((text) => log.write(text)), 1_000);
  return () => {
    clearInterval(timer);
    log.end();
  };
}

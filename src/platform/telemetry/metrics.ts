import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type { Registry } from 'prom-client';

const failuresName = 'crossdock_measurement_failures_total';
/** A scrape waits no longer for one figure, ms: Prometheus gives up after ten seconds by default, and then has none of them. */
const patienceMs = 3_000;

/** A registry of its own (nothing is global), with the process's memory, processor time and event-loop delay in it. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Counter({
    name: failuresName,
    help: 'Figures that could not be measured when they were asked for, by name; their series are absent from that scrape.',
    labelNames: ['metric'],
    registers: [registry],
  });
  return registry;
}

/** A measurement with its labels, e.g. `{ labels: { lane: 'books' }, value: 3 }`. */
export interface Measurement {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Named {
  /** Prometheus name, e.g. `crossdock_lane_queued`. */
  readonly name: string;
  readonly help: string;
  /** Names of labels. Their values must be few: never a key of business. */
  readonly labels?: readonly string[];
}

export interface MeasuredGauge extends Named {
  /** Asked at each scrape; what it no longer names disappears. */
  readonly measure: () => readonly Measurement[] | Promise<readonly Measurement[]>;
}

async function inTime(measuring: readonly Measurement[] | Promise<readonly Measurement[]>) {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('not measured in time')), patienceMs);
  });
  try {
    return await Promise.race([measuring, over]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Adds a gauge that is measured when it is read, so that nothing is counted for nobody. When it cannot be measured, as while the
 * database is away, it has no series, and the others are read all the same.
 */
export function addGauge(registry: Registry, { name, help, labels = [], measure }: MeasuredGauge): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect: async () => {
      try {
        const measurements = await inTime(measure());
        gauge.reset();
        for (const { labels: values = {}, value } of measurements) gauge.set(values, value);
      } catch {
        gauge.reset();
        const failures = registry.getSingleMetric(failuresName);
        if (failures instanceof Counter) failures.inc({ metric: name });
      }
    },
  });
}

/** Adds a counter; answers how to count, with the values of its labels in their order. */
export function addCounter(registry: Registry, { name, help, labels = [] }: Named) {
  const counter = new Counter({ name, help, labelNames: [...labels], registers: [registry] });
  return (values: readonly string[] = [], by = 1): void => counter.labels(...values).inc(by);
}

/** Adds a counter that something else counts already: asked at each scrape. */
export function addMeasuredCounter(
  registry: Registry,
  { name, help, labels = [], measure }: Named & { readonly measure: () => readonly Measurement[] },
): void {
  const counter = new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const { labels: values = {}, value } of measure()) counter.inc(values, value);
    },
  });
}

/** Adds a histogram; answers how to observe, with the values of its labels in their order. */
export function addHistogram(
  registry: Registry,
  { name, help, labels = [], buckets }: Named & { readonly buckets: readonly number[] },
) {
  const histogram = new Histogram({
    name,
    help,
    labelNames: [...labels],
    buckets: [...buckets],
    registers: [registry],
  });
  return (values: readonly string[], value: number): void => histogram.labels(...values).observe(value);
}

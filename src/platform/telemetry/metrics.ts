import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export type { Registry } from 'prom-client';

/** A registry of its own (nothing is global), with the process's memory, processor time and event-loop delay in it. */
export function createMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** A measurement with its labels, e.g. `{ labels: { lane: 'books' }, value: 3 }`. */
export interface Measurement {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MeasuredGauge {
  /** Prometheus name, e.g. `lane_queued`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Asked at each scrape; what it no longer names disappears. */
  readonly measure: () => readonly Measurement[] | Promise<readonly Measurement[]>;
}

/** Adds a gauge that is measured when it is read, so that nothing is counted for nobody. */
export function addGauge(registry: Registry, { name, help, labels = [], measure }: MeasuredGauge): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    collect: async () => {
      const measurements = await measure();
      gauge.reset();
      for (const { labels: values = {}, value } of measurements) gauge.set(values, value);
    },
  });
}

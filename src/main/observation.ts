import type { Advanced, EngineWatch } from '#platform/engine';
import type { Log } from '#platform/engine/runtime';
import type { RequestTrace } from '#platform/gateway/runtime';
import { createMetrics, type Registry } from '#platform/telemetry';
import type { ConfigurationFile } from './configuration.ts';
import { engineMetrics } from './metrics/engine-metrics.ts';
import { type MetricsNeeds, platformMetrics } from './metrics/platform-metrics.ts';
import { stayMetrics } from './metrics/stage-metrics.ts';
import { watchEngine } from './metrics/watch-engine.ts';
import { openTraces } from './telemetry.ts';

export interface ObservationNeeds {
  /** The configuration's file name, for messages. */
  readonly file: string;
  readonly configuration: ConfigurationFile;
  readonly node: string;
  readonly log: Log;
}

export interface ObservationOptions {
  /** Where a collector takes OTLP, when the configuration does not say; OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly otlpEndpoint?: string | undefined;
  /** How long spans are gathered, ms. Default 1 000. */
  readonly everyMs?: number;
}

/** Figures and traces of one node. */
export interface Observation {
  readonly registry: Registry;
  /** For the engine. */
  readonly watch: EngineWatch;
  readonly advanced: (advanced: Advanced) => void;
  /** For whoever writes down how long runs stayed where. */
  readonly stayed: (flow: string, state: string, milliseconds: number) => void;
  /** For the gateway; undefined: traces are off. */
  readonly requests: RequestTrace | undefined;
  /** For alerts that leave the house; undefined: traces are off. */
  readonly alerts: ((alert: string, occasion: string) => string) | undefined;
  /** Adds the figures that are measured of what runs. */
  measure(needs: Omit<MetricsNeeds, 'traces'>): void;
  close(): Promise<void>;
}

const nothing = (): void => undefined;

/** Begins to observe. Figures are always there; traces where a collector is named. Throws `ConfigurationRefused`. */
export async function beginObservation(
  needs: ObservationNeeds,
  options: ObservationOptions = {},
): Promise<Observation> {
  const { file, configuration, node, log } = needs;
  const { otlpEndpoint: endpoint, everyMs } = options;
  const traces = await openTraces({
    ...{ file, settings: configuration.telemetry, endpoint, node, log },
    ...(everyMs === undefined ? {} : { everyMs }),
  });
  const registry = createMetrics();
  return {
    registry,
    watch: watchEngine(engineMetrics(registry), traces),
    advanced: traces?.advanced ?? nothing,
    stayed: stayMetrics(registry),
    requests: traces?.requests,
    alerts: traces?.alerts,
    measure: (measured) => platformMetrics(registry, { ...measured, traces }),
    close: async () => {
      await traces?.close();
    },
  };
}

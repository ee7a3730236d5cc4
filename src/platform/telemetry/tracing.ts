import type { AgentOptions } from 'node:http';
import type { Json } from '#model/kernel';
import type { Advanced, EngineWatch } from '#platform/engine';
import { type AlertFollower, followAlerts } from './follow-alerts.ts';
import { followEffects } from './follow-effects.ts';
import { followHttp } from './follow-http.ts';
import { followRequests, type RequestFollower } from './follow-requests.ts';
import { followRuns } from './follow-runs.ts';
import type { SpanSink } from './span.ts';
import { createStories } from './stories.ts';
import type { TraceRoot } from './trace-id.ts';

export interface TracingOptions {
  /** Where spans are posted by OTLP over HTTP, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** How many of all stories are followed, 0 to 1. */
  readonly share: number;
  /** The node. */
  readonly instance: string;
  /** Of what story a run is. */
  readonly rootOf: (flow: string, key: string) => TraceRoot;
  /** Decides to which address a connection is made. */
  readonly lookup?: AgentOptions['lookup'];
  readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
  /** How long spans are gathered, ms. Default 1 000. */
  readonly everyMs?: number;
}

/** Traces that are on. */
export interface Tracing extends SpanSink {
  /** For the engine. */
  readonly watch: Required<Pick<EngineWatch, 'entering' | 'calling' | 'settled'>>;
  readonly advanced: (advanced: Advanced) => void;
  /** For alerts that leave the house. */
  readonly alerts: AlertFollower;
  /** For the gateway. */
  readonly requests: RequestFollower;
  figures(): { readonly exported: number; readonly dropped: number; readonly failed: number };
  /** Sends what is gathered, waiting no longer than a few seconds. */
  close(): Promise<void>;
}

const longestCloseMs = 3_000;

/**
 * Begins to follow: requests, runs, effects and the HTTP calls of connectors become spans of one trace for each order, sent by OTLP.
 * What it needs for that is loaded only now, so that traces that are off cost nothing.
 */
export async function createTracing(options: TracingOptions): Promise<Tracing> {
  const { createSpanExport } = await import('./span-export.ts');
  const sink = createSpanExport(options);
  const stories = createStories(options.rootOf, options.share);
  const requests = followRequests(sink, stories, options.share);
  const underWay = new Set<string>();
  const stopHttp = followHttp(sink, underWay);
  return {
    add: sink.add,
    watch: { ...followEffects(sink, stories, underWay), entering: requests.entering },
    advanced: followRuns(sink, stories),
    requests,
    alerts: followAlerts(sink, options.share),
    figures: sink.figures,
    close: async () => {
      stopHttp();
      await sink.close(longestCloseMs);
    },
  };
}

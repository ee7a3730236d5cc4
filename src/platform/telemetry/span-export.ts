import type { AgentOptions } from 'node:http';
import { type Link, SpanKind as OtelKind, type SpanContext, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { Json } from '#model/kernel';
import type { FinishedSpan, SpanKind, SpanSink } from './span.ts';
import type { TraceContext } from './traceparent.ts';

export interface SpanExportOptions {
  /** Where spans are posted as OTLP protobuf over HTTP, whole, e.g. `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** The node. */
  readonly instance: string;
  /** Decides to which address a connection is made. */
  readonly lookup?: AgentOptions['lookup'];
  readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
  /** How long spans are gathered, ms. Default 1 000. */
  readonly everyMs?: number;
}

export interface SpanExport extends SpanSink {
  figures(): { readonly exported: number; readonly dropped: number; readonly failed: number };
  /** Sends what is gathered, waiting no longer than so many ms. */
  close(withinMs: number): Promise<void>;
}

/** Spans that wait to be sent at most; more are dropped. About a kilobyte each. */
const mostWaiting = 10_000;
const batch = 512;
const complainEveryMs = 60_000;

const kinds: Readonly<Record<SpanKind, OtelKind>> = {
  internal: OtelKind.INTERNAL,
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  producer: OtelKind.PRODUCER,
  consumer: OtelKind.CONSUMER,
};

const scope = { name: 'crossdock' };
const noLinks: Link[] = [];
const none: never[] = [];

const hrTime = (milliseconds: number): [number, number] => {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1_000_000)];
};

const contextOf = ({ traceId, spanId, isSampled }: TraceContext): SpanContext => ({
  traceId,
  spanId,
  traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  isRemote: true,
});

/** As the SDK has it; written out here because the span is over already, and nothing of it needs to be recorded. */
function readable(span: FinishedSpan, resource: ReadableSpan['resource']): ReadableSpan {
  const { traceId, spanId, parentId, links } = span;
  const context: SpanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  const parent =
    parentId === undefined
      ? {}
      : { parentSpanContext: { ...context, spanId: parentId, isRemote: span.isParentElsewhere ?? false } };
  return {
    name: span.name,
    kind: kinds[span.kind],
    spanContext: () => context,
    ...parent,
    startTime: hrTime(span.startMs),
    endTime: hrTime(span.endMs),
    duration: hrTime(Math.max(0, span.endMs - span.startMs)),
    ended: true,
    status: { code: span.isFailed === true ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: span.attributes,
    links: links === undefined ? noLinks : links.map((link) => ({ context: contextOf(link) })),
    events: none,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/**
 * Sends spans by OTLP in batches. What the collector does not take is lost and counted, with one line of log a minute; nobody waits for
 * it, and no more than ten thousand spans wait in memory.
 */
export function createSpanExport({ url, instance, lookup, log, everyMs = 1_000 }: SpanExportOptions): SpanExport {
  const figures = { exported: 0, dropped: 0, failed: 0 };
  const resource = resourceFromAttributes({ 'service.name': 'crossdock', 'service.instance.id': instance });
  const otlp = new OTLPTraceExporter({
    url,
    ...(lookup === undefined ? {} : { httpAgentOptions: { lookup, keepAlive: true } }),
  });
  let waiting = 0;
  let complainedAt = Number.NEGATIVE_INFINITY;
  let lostSince = 0;

  function complain(lost: number, because: string): void {
    lostSince += lost;
    const now = performance.now();
    if (now - complainedAt < complainEveryMs) return;
    log('traces-not-exported', { url: new URL(url).origin, spans: lostSince, message: because });
    complainedAt = now;
    lostSince = 0;
  }

  const exporter: SpanExporter = {
    export: (spans, done) =>
      otlp.export(spans, (result) => {
        waiting -= spans.length;
        // 0 is success; the enumeration itself is in a package that is not ours to name.
        if (result.code === 0) figures.exported += spans.length;
        else {
          figures.failed += spans.length;
          complain(spans.length, String(result.error?.message ?? 'the collector did not take them').slice(0, 200));
        }
        done(result);
      }),
    shutdown: () => otlp.shutdown(),
  };
  const processor = new BatchSpanProcessor({
    exporter,
    maxExportBatchSize: batch,
    maxQueueSize: mostWaiting,
    scheduledDelayMillis: everyMs,
  });

  return {
    add: (span) => {
      // Those that are being sent count too.
      if (waiting >= mostWaiting) {
        figures.dropped += 1;
        complain(1, 'they come faster than the collector takes them');
        return;
      }
      waiting += 1;
      processor.onEnd(readable(span, resource));
    },
    figures: () => ({ ...figures }),
    close: async (withinMs) => {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([processor.shutdown().catch(() => undefined), over]);
      clearTimeout(timer);
    },
  };
}

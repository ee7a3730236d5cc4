export type { FollowedRequest, RequestFollower } from './follow-requests.ts';
export { createLog, eventLog, type Logger, type LogOptions } from './log.ts';
export {
  addCounter,
  addGauge,
  addHistogram,
  addMeasuredCounter,
  createMetrics,
  type MeasuredGauge,
  type Measurement,
  type Registry,
} from './metrics.ts';
export type { FinishedSpan, SpanSink } from './span.ts';
export { type SpanSubject, spanIdOf } from './span-id.ts';
export { effectSpanIdOf, isSampled, runSpanIdOf, type TraceRoot, traceIdOf } from './trace-id.ts';
export { readTraceparent, type TraceContext, traceparentOf } from './traceparent.ts';
export { createTracing, type Tracing, type TracingOptions } from './tracing.ts';

import type { TraceContext } from './traceparent.ts';

/** What was done to what: `client` asks another system, `server` is asked, `consumer` takes a message that came. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** A stretch of work that is over. It carries identifiers and outcomes: no payload, no message of a fault, no name of a person. */
export interface FinishedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Absent: the first of its trace. */
  readonly parentId?: string;
  /** The parent is of another system. */
  readonly isParentElsewhere?: boolean;
  readonly name: string;
  readonly kind: SpanKind;
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly links?: readonly TraceContext[];
  readonly isFailed?: boolean;
}

/** Takes spans that are over. Never waits, never throws: what it cannot keep it drops and counts. */
export interface SpanSink {
  add(span: FinishedSpan): void;
}

/** Now, for spans: finer than a millisecond, and never back. */
export const spanNow = (): number => performance.timeOrigin + performance.now();

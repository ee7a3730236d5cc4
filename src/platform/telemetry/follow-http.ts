import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { randomId } from './random-id.ts';
import { type SpanSink, spanNow } from './span.ts';
import { readTraceparent, type TraceContext } from './traceparent.ts';

/** A request as undici tells of it on its diagnostics channels. */
interface ToldRequest {
  readonly origin: unknown;
  readonly method: string;
  /** Name, value, name, value, … */
  readonly headers: unknown;
}

interface Sent {
  readonly from: TraceContext;
  readonly startMs: number;
  status: number;
}

function traceparentAmong(headers: unknown): TraceContext | undefined {
  if (!Array.isArray(headers)) return undefined;
  const at = headers.indexOf('traceparent');
  return at % 2 === 0 ? readTraceparent(headers[at + 1]) : undefined;
}

/**
 * Every HTTP request that carries the `traceparent` of a call that is under way, as a span under the call that it belongs to: told by the HTTP client
 * itself, so that no connector needs to know. Returns how to stop.
 */
export function followHttp(sink: SpanSink, underWay: ReadonlySet<string>): () => void {
  const sent = new WeakMap<object, Sent>();

  function end(request: ToldRequest, isFailed: boolean): void {
    const found = sent.get(request);
    if (found === undefined) return;
    sent.delete(request);
    const { from, startMs, status } = found;
    sink.add({
      ...{ traceId: from.traceId, spanId: randomId(8), parentId: from.spanId },
      ...{ name: request.method, kind: 'client', startMs, endMs: spanNow() },
      attributes: {
        'http.request.method': request.method,
        // No path: in one there may be anything.
        'server.address': URL.parse(String(request.origin))?.host ?? '',
        ...(status === 0 ? {} : { 'http.response.status_code': status }),
      },
      isFailed: isFailed || status >= 400,
    });
  }

  const listeners: readonly (readonly [string, (message: unknown) => void])[] = [
    [
      'undici:request:create',
      (message) => {
        const { request } = message as { readonly request: ToldRequest };
        const from = traceparentAmong(request.headers);
        if (from !== undefined && underWay.has(from.spanId)) sent.set(request, { from, startMs: spanNow(), status: 0 });
      },
    ],
    [
      'undici:request:headers',
      (message) => {
        const { request, response } = message as {
          readonly request: ToldRequest;
          readonly response: { readonly statusCode: number };
        };
        const found = sent.get(request);
        if (found !== undefined) found.status = response.statusCode;
      },
    ],
    ['undici:request:trailers', (message) => end((message as { readonly request: ToldRequest }).request, false)],
    ['undici:request:error', (message) => end((message as { readonly request: ToldRequest }).request, true)],
  ];
  for (const [channel, listener] of listeners) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of listeners) unsubscribe(channel, listener);
  };
}

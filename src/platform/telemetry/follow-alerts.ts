import { randomId } from './random-id.ts';
import { type SpanSink, spanNow } from './span.ts';
import { isSampled, traceIdOf } from './trace-id.ts';
import { traceparentOf } from './traceparent.ts';

/** An alert that leaves the house: answers its `traceparent`. What is told of one alert, from its beginning to its end, is one trace. */
export type AlertFollower = (alert: string, occasion: string) => string;

/** Follows what alerts tell. */
export const followAlerts =
  (sink: SpanSink, share: number): AlertFollower =>
  (alert, occasion) => {
    const traceId = traceIdOf('alert', alert);
    const spanId = randomId(8);
    const isFollowed = isSampled(traceId, share);
    if (isFollowed) {
      const at = spanNow();
      const attributes = { 'crossdock.alert': alert, 'crossdock.occasion': occasion };
      sink.add({ traceId, spanId, name: `alert ${occasion}`, kind: 'producer', startMs: at, endMs: at, attributes });
    }
    return traceparentOf({ traceId, spanId, isSampled: isFollowed });
  };

import type { FaultRecord } from '#model/kernel';
import type { CallPurpose, EngineWatch, WatchedCall, WatchedEffect } from '#platform/engine';
import { randomId } from './random-id.ts';
import { type SpanSink, spanNow } from './span.ts';
import type { Stories } from './stories.ts';
import { effectSpanIdOf, runSpanIdOf } from './trace-id.ts';
import { traceparentOf } from './traceparent.ts';

const purposes: Readonly<Record<CallPurpose, string>> = { send: '', ask: ' (asks)', discard: ' (takes away)' };

/** Of a fault its kind and code: what it says may name somebody. */
const faultOf = (fault: FaultRecord | undefined) =>
  fault === undefined ? {} : { 'crossdock.fault.kind': fault.kind, 'crossdock.fault.code': fault.code };

const about = ({ flow, runKey, key, name, instance, undoes }: WatchedEffect) => ({
  'crossdock.flow': flow.name,
  'crossdock.key': runKey,
  'crossdock.effect': name,
  'crossdock.effect.key': key,
  'crossdock.system': instance,
  ...(undoes ? { 'crossdock.undoes': true } : {}),
});

/**
 * An effect as spans: one from when it was asked until its outcome is written, under it one for each call. Whoever settles it, perhaps
 * another node than asked it, tells the whole of it; a call that a crash cut off is not told. `underWay` holds the span ids of calls
 * that have not ended.
 */
export function followEffects(
  sink: SpanSink,
  stories: Stories,
  underWay: Set<string>,
): Required<Pick<EngineWatch, 'calling' | 'settled'>> {
  return {
    calling: (effect, purpose): WatchedCall => {
      const { traceId, isSampled } = stories(effect.flow.name, effect.runKey);
      const spanId = randomId(8);
      const traceparent = traceparentOf({ traceId, spanId, isSampled });
      if (!isSampled) return { traceparent, ended: () => undefined };
      const startMs = spanNow();
      underWay.add(spanId);
      const { attempt } = effect;
      return {
        traceparent,
        ended: (outcome, fault) => {
          underWay.delete(spanId);
          sink.add({
            ...{ traceId, spanId, parentId: effectSpanIdOf(effect.key, effect.askedAt) },
            name: `${effect.instance} ${effect.effect.uses.name}.${effect.effect.verb}${purposes[purpose]}`,
            kind: 'client',
            ...{ startMs, endMs: spanNow() },
            attributes: {
              ...about(effect),
              'crossdock.attempt': attempt,
              'crossdock.outcome': outcome,
              ...faultOf(fault),
            },
            isFailed: outcome !== 'answer',
          });
        },
      };
    },
    settled: (effect, outcome, fault) => {
      const { traceId, isSampled } = stories(effect.flow.name, effect.runKey);
      if (!isSampled) return;
      sink.add({
        ...{ traceId, spanId: effectSpanIdOf(effect.key, effect.askedAt) },
        parentId: runSpanIdOf(effect.flow.name, effect.runKey),
        ...{ name: effect.name, kind: 'internal', startMs: Date.parse(effect.askedAt), endMs: spanNow() },
        attributes: {
          ...about(effect),
          'crossdock.attempts': effect.attempt,
          'crossdock.outcome': outcome,
          ...faultOf(fault),
        },
        isFailed: outcome === 'failed' || outcome === 'undo-failed',
      });
    },
  };
}

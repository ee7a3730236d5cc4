import type { FaultRecord } from '#model/kernel';
import type { CallPurpose, EngineWatch, WatchedCall, WatchedEffect } from '#platform/engine';
import { randomId } from './random-id.ts';
import { type SpanSink, spanNow } from './span.ts';
import type { Stories } from './stories.ts';
import { effectSpanIdOf } from './trace-id.ts';
import { traceparentOf } from './traceparent.ts';

const purposes: Readonly<Record<CallPurpose, string>> = { send: '', ask: ' (asks)', discard: ' (takes away)' };

/** Of a fault its kind and code: what it says may name somebody. */
const faultOf = (fault: FaultRecord | undefined) =>
  fault === undefined ? {} : { 'crossdock.fault.kind': fault.kind, 'crossdock.fault.code': fault.code };

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
  const spanIds = new WeakMap<WatchedEffect, string>();
  const spanIdOf = (effect: WatchedEffect): string => {
    const known = spanIds.get(effect) ?? effectSpanIdOf(effect.key, effect.askedAt);
    spanIds.set(effect, known);
    return known;
  };

  // Thousands of these are made a second: each is one literal with what a reader asks for, and no more.
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
            traceId,
            spanId,
            parentId: spanIdOf(effect),
            name: `${effect.instance} ${effect.effect.uses.name}.${effect.effect.verb}${purposes[purpose]}`,
            kind: 'client',
            startMs,
            endMs: spanNow(),
            attributes: {
              'crossdock.system': effect.instance,
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
      const { traceId, runSpanId, isSampled } = stories(effect.flow.name, effect.runKey);
      if (!isSampled) return;
      sink.add({
        traceId,
        spanId: spanIdOf(effect),
        parentId: runSpanId,
        name: effect.undoes ? `${effect.name} (undoes)` : effect.name,
        kind: 'internal',
        startMs: Date.parse(effect.askedAt),
        endMs: spanNow(),
        attributes: {
          'crossdock.key': effect.runKey,
          'crossdock.system': effect.instance,
          'crossdock.attempts': effect.attempt,
          'crossdock.outcome': outcome,
          ...faultOf(fault),
        },
        isFailed: outcome === 'failed' || outcome === 'undo-failed',
      });
    },
  };
}

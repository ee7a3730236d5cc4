import type { EngineWatch, WatchedCall } from '#platform/engine';
import type { Tracing } from '#platform/telemetry';

const together = (one: WatchedCall | undefined, other: WatchedCall | undefined): WatchedCall | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const traceparent = one.traceparent ?? other.traceparent;
  return {
    ...(traceparent === undefined ? {} : { traceparent }),
    ended: (outcome, fault) => {
      one.ended(outcome, fault);
      other.ended(outcome, fault);
    },
  };
};

/** Figures and traces watch together; without traces the figures alone. */
export function watchEngine(figures: EngineWatch, traces: Pick<Tracing, 'watch'> | undefined): EngineWatch {
  if (traces === undefined) return figures;
  const { watch } = traces;
  return {
    ...figures,
    entering: watch.entering,
    calling: (effect, purpose) => together(watch.calling(effect, purpose), figures.calling?.(effect, purpose)),
    settled: (effect, outcome, fault) => {
      figures.settled?.(effect, outcome, fault);
      watch.settled(effect, outcome, fault);
    },
  };
}

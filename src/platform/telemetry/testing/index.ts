export { type OtlpCollector, startOtlpCollector } from './otlp-collector.ts';
export type { CollectedSpan } from './read-otlp.ts';

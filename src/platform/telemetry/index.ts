export { createLog, eventLog, type Logger, type LogOptions } from './log.ts';
export { addGauge, createMetrics, type MeasuredGauge, type Measurement, type Registry } from './metrics.ts';

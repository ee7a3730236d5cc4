export * from './capability.ts';
export * from './decimal.ts';
export * from './event.ts';
export * from './fault.ts';
export type { Json } from './json.ts';
export * from './money.ts';
export * from './result.ts';
export * from './time.ts';

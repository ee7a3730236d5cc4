export { liveV1 } from './api.ts';
export type { Changed } from './live-schema.ts';
export type { LiveNeeds, Topic } from './needs.ts';

export { replaysV1 } from './api.ts';
export type { ReplaysNeeds } from './needs.ts';

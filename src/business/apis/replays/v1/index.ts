export { replaysV1 } from './api.ts';
export type { PlannedReplay, ReplayAnswer, ReplaysNeeds } from './needs.ts';

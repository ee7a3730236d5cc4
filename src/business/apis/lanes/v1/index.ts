export { lanesV1 } from './api.ts';
export type { LaneDeed, LanesNeeds, ToldLane } from './needs.ts';
export type { LaneView } from './view.ts';

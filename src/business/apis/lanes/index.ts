export { type LaneDeed, type LanesNeeds, lanesV1, type ToldLane } from './v1/index.ts';

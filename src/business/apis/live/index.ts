export { type LiveNeeds, liveV1 } from './v1/index.ts';

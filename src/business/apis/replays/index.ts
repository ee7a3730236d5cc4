export { type ReplaysNeeds, replaysV1 } from './v1/index.ts';

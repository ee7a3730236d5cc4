export { feedsV1 } from './api.ts';
export type { Feeds, FeedView } from './feed-schema.ts';
export type { FeedsNeeds, ToldFeed } from './needs.ts';

export { type FeedsNeeds, type FeedView, feedsV1, type ToldFeed } from './v1/index.ts';

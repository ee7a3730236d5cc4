import type { FeedView } from './feed-schema.ts';

/** A feed as the installation knows it. */
export interface ToldFeed extends FeedView {
  /** The only warehouses that it tells of; absent: any. */
  readonly sites?: readonly string[];
}

/** What the handlers of the feeds API are given. */
export interface FeedsNeeds {
  readonly feedDesk: {
    /** Every feed of the configuration, as all nodes know it. */
    feeds(at: string): Promise<readonly ToldFeed[]>;
  };
}

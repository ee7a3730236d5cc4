import { readRoute } from '#platform/gateway';
import { Feeds, type FeedView } from './feed-schema.ts';
import type { FeedsNeeds, ToldFeed } from './needs.ts';

/** Of a warehouse that the caller may see nothing of there is no feed. */
const maySee = ({ sites: of }: ToldFeed, sites: readonly string[] | undefined): boolean =>
  sites === undefined || of === undefined || of.some((site) => sites.includes(site));

const viewOf = ({ sites: _, ...view }: ToldFeed): FeedView => view;

export const listFeeds = readRoute<FeedsNeeds>()({
  name: 'listFeeds',
  path: '/feeds',
  summary: 'Show every feed: who answers for it, how it is read, how fresh it is and what it brought',
  access: { scope: 'feeds:read' },
  answers: { ok: Feeds },
  problems: [],
  handle: async ({ now, sites }, { feedDesk }) => {
    const feeds = await feedDesk.feeds(now);
    return { outcome: 'ok', body: { asOf: now, feeds: feeds.filter((feed) => maySee(feed, sites)).map(viewOf) } };
  },
});

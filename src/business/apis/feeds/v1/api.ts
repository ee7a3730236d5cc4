import { defineApi } from '#platform/gateway';
import { listFeeds } from './list-feeds.ts';
import type { FeedsNeeds } from './needs.ts';

/** The feeds product, version 1: contract and policy. Scope: `feeds:read`. */
export const feedsV1 = defineApi<FeedsNeeds>({
  product: 'feeds',
  version: 'v1',
  title: 'Feeds',
  description:
    'How news of outside systems comes in: who answers for each feed, its rhythm and aim, when it was read last and what it brought, ' +
    'and how long it took from the event over there to our commit.',
  owner: 'integration team',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: {},
  routes: [listFeeds],
});

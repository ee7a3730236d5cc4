import { defineApi } from '#platform/gateway';
import type { LiveNeeds } from './needs.ts';
import { tellChanges } from './tell-changes.ts';

/** The live product, version 1: contract and policy. Scope: `live:read`, and that of each topic. */
export const liveV1 = defineApi<LiveNeeds>({
  product: 'live',
  version: 'v1',
  title: 'Live changes',
  description: 'Says within a second that something changed, so that what is shown can be asked for again.',
  owner: 'platform team',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 60, seconds: 60 },
  problems: {},
  routes: [tellChanges],
});

import { defineApi } from '#platform/gateway';
import type { LanesNeeds } from './needs.ts';
import { pauseLane, resumeLane } from './operate-lane.ts';
import { listLanes, showLane } from './show-lanes.ts';

/** The lanes product, version 1: contract and policy. Scopes: `lanes:read`, `lanes:operate`. */
export const lanesV1 = defineApi<LanesNeeds>({
  product: 'lanes',
  version: 'v1',
  title: 'Lanes',
  description:
    'One lane for each outside system and the whole installation: its budget, its breaker, what waits and when it clears. Pause and ' +
    'resume it.',
  owner: 'operations',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: { 'lane-not-paused': { kind: 'conflict', title: 'The lane is not paused' } },
  routes: [listLanes, showLane, pauseLane, resumeLane],
});

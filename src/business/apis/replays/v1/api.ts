import { defineApi } from '#platform/gateway';
import { approveReplay, pauseReplay, startReplay } from './decide-replay.ts';
import type { ReplaysNeeds } from './needs.ts';
import { planReplay } from './plan-replay.ts';
import { listReplays, showReplay } from './show-replays.ts';

/** The replays product, version 1: contract and policy. Scopes: `replays:read`, `replays:plan`, `replays:approve`. */
export const replaysV1 = defineApi<ReplaysNeeds>({
  product: 'replays',
  version: 'v1',
  title: 'Replays',
  description: 'Tell facts to one subscriber again: plan, approve, start, watch.',
  owner: 'integration operations',
  lifecycle: 'beta',
  plan: { name: 'operations', requests: 100, seconds: 10 },
  problems: {
    'no-such-replay': { kind: 'absent', title: 'There is no such replay' },
    'no-such-subscriber': { kind: 'conflict', title: 'Nobody subscribes under that name' },
    'too-many-facts': { kind: 'conflict', title: 'The selection holds too many facts' },
    'same-person': { kind: 'forbidden', title: 'Planner and approver are the same' },
    'wrong-state': { kind: 'conflict', title: 'The replay does not allow this now' },
  },
  routes: [planReplay, listReplays, showReplay, approveReplay, startReplay, pauseReplay],
});

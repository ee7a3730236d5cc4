import type { ReplayDesk } from '#platform/exceptions';

/** What the handlers of the replays API are given. */
export interface ReplaysNeeds {
  readonly replays: Pick<ReplayDesk, 'plan' | 'find' | 'list' | 'approve' | 'start' | 'pause'>;
}

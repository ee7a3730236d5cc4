import type { ReplaysNeeds } from '#business/apis/replays/v1';
import { systemClock } from '#model/kernel';
import type { Backbone } from '#platform/backbone';
import type { Log } from '#platform/engine/runtime';
import { createReplayDesk, createReplayWorker } from '#platform/exceptions';
import type { Database } from '#platform/storage';

export interface ReplaysParts {
  readonly database: Database;
  readonly backbone: Pick<Backbone, 'subscriber' | 'subscriberNames'>;
  /** How many persons a replay takes; default 2. */
  readonly persons: 1 | 2 | undefined;
  readonly log: Log;
}

/** The desk for replays, and this node's share of their work. */
export function openReplays({ database, backbone, persons, log }: ReplaysParts): {
  readonly needs: ReplaysNeeds;
  stop(): Promise<void>;
} {
  const { subscriber, subscriberNames } = backbone;
  const worker = createReplayWorker({ database, subscriber, subscribers: subscriberNames, log });
  const desk = { database, clock: systemClock, subscriber, wake: worker.wake };
  return {
    needs: { replays: createReplayDesk(desk, persons === undefined ? {} : { persons }) },
    stop: worker.stop,
  };
}

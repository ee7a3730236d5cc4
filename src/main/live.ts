import type { ToldFeed } from '#business/apis/feeds/v1';
import type { Topic } from '#business/apis/live/v1';
import { systemClock } from '#model/kernel';
import type { ApprovalDesk } from '#platform/approvals';
import type { Engine, Log } from '#platform/engine/runtime';
import { askForRecent, type ChangeSource, compareLooks, createLive, type Live } from '#platform/live';
import type { Progress } from '#platform/progress';
import type { Database } from '#platform/storage';
import { recentDeeds } from './recent-deeds.ts';

export interface LiveParts {
  readonly database: Database;
  readonly progress: Pick<Progress, 'onChanged'>;
  readonly engine: Pick<Engine, 'lanes'>;
  readonly feeds: (at: string) => Promise<readonly ToldFeed[]>;
  readonly approvals: Pick<ApprovalDesk, 'find'>;
  readonly log: Log;
}

const everyMs = 1_000;
const laneLookMs = 2_000;
const feedLookMs = 3_000;
/** Longer than a transaction takes, and than clocks of nodes differ. */
const overlapMs = 10_000;

/** An order is told by its own number, whichever of its parts moved. */
const orders =
  ({ onChanged }: LiveParts['progress']): ChangeSource<Topic> =>
  (tell, signal) => {
    const stop = onChanged((changes) => {
      const things = changes === 'many' ? changes : changes.map(({ rootKey: key, sites }) => ({ key, sites }));
      tell({ topic: 'orders', things });
    });
    signal.addEventListener('abort', stop, { once: true });
  };

/** What shows of a lane; its forecast moves with every second, and says nothing new. */
const lanes = (engine: LiveParts['engine']): ChangeSource<Topic> =>
  compareLooks(
    'lanes',
    async () =>
      (await engine.lanes()).map(({ lane, state, breaker, paused, backlog, holders, maintenanceUntil }) => ({
        key: lane,
        shows: JSON.stringify([state, breaker.state, paused, backlog.byPriority, holders, maintenanceUntil]),
      })),
    laneLookMs,
  );

/** What shows of a feed; when it was last read moves with its rhythm, and says nothing new. */
const feeds = (read: LiveParts['feeds']): ChangeSource<Topic> =>
  compareLooks(
    'feeds',
    async () =>
      (await read(systemClock.now())).map(({ feed, health, lastMessageAt, readBy, sites }) => ({
        key: feed,
        shows: JSON.stringify([health, lastMessageAt, readBy]),
        ...(sites === undefined ? {} : { sites }),
      })),
    feedLookMs,
  );

/** What listeners on this node hear of, and where each of it comes from. Nothing is looked for while nobody listens. */
export function openLive({ database, progress, engine, feeds: read, approvals, log }: LiveParts): Live<Topic> {
  const deeds = askForRecent<Topic>((since) => recentDeeds({ database, approvals }, since), {
    ...{ everyMs, overlapMs, now: systemClock.now },
  });
  const sources = [orders(progress), deeds, lanes(engine), feeds(read)];
  return createLive<Topic>({ sources, clock: systemClock, log });
}

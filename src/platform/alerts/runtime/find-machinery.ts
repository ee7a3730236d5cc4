import type { Instant } from '#model/kernel';
import { millisecondsBetween, plusMilliseconds } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { DatabaseTrouble, FeedSilent, Finding, LaneBacklog, LaneOpen } from '../condition.ts';
import { feedSilence } from '../feed-health.ts';
import { backlogs, feedReadings, oldTransactions, shutLanes, silentNodes, stoppedReplays } from './sql/findings.ts';

/** A feed as it was declared. */
export interface FeedRhythm {
  /** Instance and feed, as `wms-east/files`. */
  readonly feed: string;
  readonly rhythmMs: number;
}

const minute = 60_000;
const minutes = (milliseconds: number): string => `${Math.floor(milliseconds / minute)} minutes`;
const isNamed = (wanted: string | undefined, name: string): boolean => wanted === undefined || wanted === name;

/** Looks at the machinery. */
export interface MachineryFinder {
  lanesOpen(condition: LaneOpen, at: Instant): Promise<readonly Finding[]>;
  backlogs(condition: LaneBacklog, at: Instant): Promise<readonly Finding[]>;
  feedsSilent(condition: FeedSilent, at: Instant): Promise<readonly Finding[]>;
  replaysStopped(): Promise<readonly Finding[]>;
  nodesDead(at: Instant): Promise<readonly Finding[]>;
  databaseTrouble(condition: DatabaseTrouble): Promise<readonly Finding[]>;
}

export interface MachineryNeeds {
  readonly database: Database;
  readonly feeds: readonly FeedRhythm[];
  readonly startedAt: Instant;
}

/** A node that has not beat for so long is dead, ms: four times the lease by which its peers take its work over. */
const silenceMs = minute;
/** Nobody waits for it any more. */
const forgottenMs = 1_440 * minute;

export function createMachineryFinder({ database, feeds, startedAt }: MachineryNeeds): MachineryFinder {
  const { pool } = database;

  return {
    lanesOpen: async ({ lane: wanted, longerThanMinutes }, at) => {
      const before = plusMilliseconds(at, -longerThanMinutes * minute);
      const { rows } = await pool.query<{ lane: string; shut_since: Instant }>(shutLanes, [before]);
      return rows
        .filter(({ lane }) => isNamed(wanted, lane))
        .map(({ lane, shut_since: since }) => {
          const headline = `${lane} has not answered for ${minutes(millisecondsBetween(since, at))}; its work is kept`;
          return { subject: lane, headline, count: 1, since };
        });
    },
    backlogs: async ({ lane: wanted, olderThanMinutes }, at) => {
      const { rows } = await pool.query<{ lane: string; count: number; oldest: Instant }>(backlogs);
      return rows
        .filter(
          ({ lane, oldest }) => isNamed(wanted, lane) && millisecondsBetween(oldest, at) >= olderThanMinutes * minute,
        )
        .map(({ lane, count, oldest }) => {
          const headline = `${count} waiting for ${lane}, the oldest for ${minutes(millisecondsBetween(oldest, at))}`;
          return { subject: lane, headline, count, since: oldest };
        });
    },
    feedsSilent: async ({ feed: wanted, rhythms }, at) => {
      const { rows } = await pool.query<{ feed: string; read_at: Instant }>(feedReadings);
      const readAt = new Map(rows.map((row) => [row.feed, row.read_at]));
      return feeds.flatMap(({ feed, rhythmMs }) => {
        const since = readAt.get(feed) ?? startedAt;
        const silence = feedSilence(rhythmMs, since, at, rhythms);
        if (!isNamed(wanted, feed) || silence === undefined) return [];
        return [{ subject: feed, headline: `${feed} ${silence}`, count: 1, since }];
      });
    },
    replaysStopped: async () => {
      const { rows } = await pool.query<{ subscription: string; surprise: string | null; updated_at: Instant }>(
        stoppedReplays,
      );
      return rows.map(({ subscription, surprise, updated_at: since }) => {
        const headline = `the replay into ${subscription} stopped: ${surprise ?? 'by hand'}`;
        return { subject: subscription, headline, count: 1, since };
      });
    },
    nodesDead: async (at) => {
      const times = [at, plusMilliseconds(at, -silenceMs), plusMilliseconds(at, -forgottenMs)];
      const { rows } = await pool.query<{ name: string; moved_at: Instant }>(silentNodes, times);
      return rows.map(({ name, moved_at: since }) => {
        return { subject: name, headline: `node ${name} is gone; the others do its work`, count: 1, since };
      });
    },
    databaseTrouble: async ({ snapshotOlderThanMinutes = 1 }) => {
      const seconds = snapshotOlderThanMinutes * 60;
      const { rows } = await pool.query<{ pid: number; application_name: string; xact_start: Instant }>(
        oldTransactions,
        [seconds],
      );
      const [oldest] = rows;
      if (oldest === undefined) return [];
      const headline = `a transaction of ${oldest.application_name || 'somebody'} (process ${oldest.pid}) is open since ${oldest.xact_start}; nothing is tidied behind it`;
      return [{ subject: 'old-transaction', headline, count: rows.length, since: oldest.xact_start }];
    },
  };
}

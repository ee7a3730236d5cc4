import type { FeedsNeeds, ToldFeed } from '#business/apis/feeds/v1';
import type { SyncModel } from '#connectivity/kit';
import type { Instant } from '#model/kernel';
import { feedHealth } from '#platform/alerts';
import type { Database } from '#platform/storage';
import { noLatencies, quantileOf } from './latency-steps.ts';
import { readSlots, readStandings } from './sql/feed-book.ts';

/** A feed as the installation declares it. */
export interface DeclaredFeed {
  readonly system: string;
  readonly name: string;
  readonly connector: string;
  readonly owner?: string;
  readonly sync: SyncModel;
  /** The only warehouses that it tells of; absent: any. */
  readonly sites?: readonly string[];
}

interface StandingRow {
  readonly instance: string;
  readonly feed: string;
  readonly read_at: Instant | null;
  readonly read_by: string;
  readonly message_at: Instant | null;
  readonly failures: number;
  readonly failure: string | null;
  readonly tells: readonly string[];
}

interface SlotRow {
  readonly instance: string;
  readonly feed: string;
  readonly slot: Instant;
  readonly messages: number;
  readonly unreadable: number;
  readonly latencies: readonly number[] | null;
}

const hourMs = 3_600_000;
const hours = 24;
const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1_000;
const iso = (at: number): Instant => new Date(at).toISOString();

/** The last 24 hours, the oldest first, those without news too. */
function perHour(slots: readonly SlotRow[], at: number): ToldFeed['perHour'] {
  const first = Math.floor(at / hourMs) * hourMs - (hours - 1) * hourMs;
  return Array.from({ length: hours }, (_, index) => {
    const from = first + index * hourMs;
    const inIt = slots.filter(({ slot }) => Date.parse(slot) >= from && Date.parse(slot) < from + hourMs);
    return {
      hour: iso(from),
      messages: inIt.reduce((sum, { messages }) => sum + messages, 0),
      unreadable: inIt.reduce((sum, { unreadable }) => sum + unreadable, 0),
    };
  });
}

function latencyOf(slots: readonly SlotRow[]) {
  const counts = noLatencies();
  for (const { latencies } of slots) {
    latencies?.forEach((count, step) => {
      counts[step] = (counts[step] ?? 0) + count;
    });
  }
  const [median, p95] = [quantileOf(counts, 0.5), quantileOf(counts, 0.95)];
  if (median === undefined || p95 === undefined) return undefined;
  return { median: seconds(median), p95: seconds(p95), messages: counts.reduce((sum, count) => sum + count, 0) };
}

function told(feed: DeclaredFeed, standing: StandingRow | undefined, slots: readonly SlotRow[], at: Instant): ToldFeed {
  const { system, connector, owner, sync, sites } = feed;
  const { rhythmMs, latencyTargetMs, model } = sync;
  const latency = latencyOf(slots);
  const readings = {
    readAt: standing?.read_at ?? undefined,
    failures: standing?.failures ?? 0,
    failure: standing?.failure ?? undefined,
    latencyMs: latency === undefined ? undefined : latency.p95 * 1_000,
  };
  return {
    ...{ feed: `${system}/${feed.name}`, system, connector, model },
    ...(owner === undefined ? {} : { owner }),
    tells: (standing?.tells ?? []).toSorted(),
    ...{ rhythmSeconds: seconds(rhythmMs), latencyTargetSeconds: seconds(latencyTargetMs) },
    ...feedHealth({ rhythmMs, latencyTargetMs }, readings, at),
    ...(standing?.read_at ? { lastReadAt: standing.read_at } : {}),
    ...(standing?.message_at ? { lastMessageAt: standing.message_at } : {}),
    ...(standing === undefined ? {} : { readBy: standing.read_by }),
    ...(latency === undefined ? {} : { latencySeconds: latency }),
    perHour: perHour(slots, Date.parse(at)),
    ...(sites === undefined ? {} : { sites }),
  };
}

/** Tells of every feed of the configuration what all nodes know of it. */
export function createFeedDesk({ pool }: Database, declared: readonly DeclaredFeed[]): FeedsNeeds['feedDesk'] {
  return {
    feeds: async (at) => {
      const now = Date.parse(at);
      const [standings, slots] = await Promise.all([
        pool.query<StandingRow>(readStandings),
        pool.query<SlotRow>(readSlots, [iso(now - hours * hourMs), iso(now - hourMs)]),
      ]);
      return declared.map((feed) => {
        const isOfIt = (row: StandingRow | SlotRow): boolean => row.instance === feed.system && row.feed === feed.name;
        return told(feed, standings.rows.find(isOfIt), slots.rows.filter(isOfIt), at);
      });
    },
  };
}

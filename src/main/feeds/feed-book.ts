import type { Reading } from '#connectivity/kit';
import { type Clock, type FaultRecord, type Instant, type Json, millisecondsBetween } from '#model/kernel';
import { feedNotedEveryMs } from '#platform/alerts';
import type { Database } from '#platform/storage';
import { noLatencies, stepOf } from './latency-steps.ts';
import { forgetSlots, noteFeed } from './sql/feed-book.ts';

/** A feed's page, for whoever reads it. */
export interface FeedPage {
  /** It was read, and what came is durable. */
  read(reading: Pick<Reading, 'messages' | 'unreadable'>): void;
  failed(fault: FaultRecord): void;
}

/** Keeps how feeds are read, for every node to tell the same. */
export interface FeedBook {
  page(instance: string, feed: string): FeedPage;
  /** Writes what is new; is done by itself each second. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** What is not written yet. */
interface Draft {
  readonly instance: string;
  readonly feed: string;
  readAt: Instant | null;
  messageAt: Instant | null;
  failures: number;
  failure: string | null;
  messages: number;
  unreadable: number;
  latencies: number[];
  readonly tells: Set<string>;
  isNew: boolean;
  writtenAt: number;
  slot: string;
}

export const slotMs = 600_000;
const dayMs = 86_400_000;
const longestFailure = 300;

const slotOf = (at: Instant): string => new Date(Math.floor(Date.parse(at) / slotMs) * slotMs).toISOString();

/**
 * One row a feed and one for each ten minutes with news. What came is written within a second, a reading without news once a minute, a
 * feed that nobody reads here not at all. A crash forgets a second of the counts, and nothing else.
 */
export function createFeedBook(
  needs: {
    readonly database: Database;
    readonly node: string;
    readonly clock: Clock;
    readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
  },
  options: { readonly everyMs?: number } = {},
): FeedBook {
  const { database, node, clock, log } = needs;
  const drafts: Draft[] = [];

  async function write(draft: Draft): Promise<void> {
    const at = clock.now();
    const slot = slotOf(at);
    const { messages, unreadable, latencies, readAt, messageAt } = draft;
    const tells = [...draft.tells];
    const { instance, feed, failures, failure } = draft;
    Object.assign(draft, {
      messages: 0,
      unreadable: 0,
      latencies: noLatencies(),
      isNew: false,
      writtenAt: performance.now(),
    });
    try {
      const standing = [instance, feed, readAt, node, messageAt, failures, failure, tells];
      await database.pool.query(noteFeed, [...standing, slot, messages, unreadable, latencies]);
    } catch (thrown) {
      draft.messages += messages;
      draft.unreadable += unreadable;
      latencies.forEach((count, step) => {
        draft.latencies[step] = (draft.latencies[step] ?? 0) + count;
      });
      draft.isNew = true;
      throw thrown;
    }
    if (slot === draft.slot) return;
    draft.slot = slot;
    await database.pool.query(forgetSlots, [instance, feed, new Date(Date.parse(at) - dayMs - slotMs).toISOString()]);
  }

  let flushing: Promise<void> | undefined;
  async function flushAll(): Promise<void> {
    for (const draft of drafts.filter(({ isNew }) => isNew)) {
      await write(draft).catch((thrown: unknown) => {
        log('feed-not-noted', { feed: `${draft.instance}/${draft.feed}`, message: String(thrown) });
      });
    }
  }
  function flush(): Promise<void> {
    flushing ??= flushAll().finally(() => {
      flushing = undefined;
    });
    return flushing;
  }
  const timer = setInterval(() => void flush(), options.everyMs ?? 1_000);
  timer.unref();

  return {
    page: (instance, feed) => {
      const draft: Draft = {
        ...{ instance, feed, readAt: null, messageAt: null, failures: 0, failure: null },
        ...{ messages: 0, unreadable: 0, latencies: noLatencies(), tells: new Set() },
        ...{ isNew: false, writtenAt: Number.NEGATIVE_INFINITY, slot: '' },
      };
      drafts.push(draft);
      const isOld = (): boolean => performance.now() - draft.writtenAt >= feedNotedEveryMs;
      return {
        read: ({ messages, unreadable }) => {
          const at = clock.now();
          const isNews = messages.length + unreadable.length > 0;
          draft.isNew ||= isNews || draft.failures > 0 || isOld();
          Object.assign(draft, { readAt: at, failures: 0, failure: null });
          if (isNews) draft.messageAt = at;
          draft.messages += messages.length;
          draft.unreadable += unreadable.length;
          for (const { type, occurredAt } of messages) {
            draft.tells.add(type);
            const step = stepOf(Math.max(0, millisecondsBetween(occurredAt, at)));
            draft.latencies[step] = (draft.latencies[step] ?? 0) + 1;
          }
        },
        failed: ({ code, message }) => {
          draft.isNew ||= draft.failures === 0 || isOld();
          draft.failures += 1;
          draft.failure = `${code}: ${message}`.replaceAll('\0', '').slice(0, longestFailure);
        },
      };
    },
    flush,
    stop: async () => {
      clearInterval(timer);
      await flush();
      await flush();
    },
  };
}

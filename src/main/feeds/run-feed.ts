import { setTimeout as wait } from 'node:timers/promises';
import type { Feed, Reading } from '#connectivity/kit';
import { faultRecord, type Json } from '#model/kernel';
import type { Leadership } from '#platform/storage';
import type { FeedPage } from './feed-book.ts';
import type { FeedCursor } from './feed-cursors.ts';

export interface FeedNeeds {
  readonly cursor: FeedCursor;
  /** Resolves when every message of the reading is durable. Being given one twice changes nothing. */
  readonly accept: (reading: Reading) => Promise<void>;
  /** Where it is noted how the feed fares. */
  readonly page: FeedPage;
  readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
  /** A feed is read by one node at a time. */
  readonly lead: Leadership['lead'];
}

/** A feed as it runs: how it is, and how to end it. `name`: instance and feed. */
export interface RunningFeed {
  readonly name: string;
  health(): {
    /** 1 on the node that reads it. */
    readonly leading: number;
    readonly reads: number;
    readonly messages: number;
    readonly unreadable: number;
    readonly failuresInARow: number;
  };
  /** Ends after the reading under way is finished. */
  stop(): Promise<void>;
}

const longestPauseMs = 30_000;

/**
 * Reads a feed at its rhythm on one of the nodes: read, make durable, store the cursor, tell the source. A failure is waited out,
 * longer each time, and nothing is skipped: the next read starts at the stored cursor. Two nodes may read for a moment when one was
 * only thought dead: messages have ids and count once, and the cursor of whoever read later from the same place is refused.
 */
export function runFeed(name: string, feed: Feed, { cursor, accept, page, log, lead }: FeedNeeds): RunningFeed {
  const health = { reads: 0, messages: 0, unreadable: 0, failuresInARow: 0 };

  async function readOnce(signal: AbortSignal): Promise<boolean> {
    const place = await cursor.read();
    const reading = await feed.read(place, signal);
    if (reading.messages.length > 0 || reading.unreadable.length > 0) await accept(reading);
    const isMoved = JSON.stringify(reading.cursor) !== JSON.stringify(place);
    if (isMoved && !(await cursor.write(reading.cursor, place))) {
      log('feed-overtaken', { feed: name });
      return true;
    }
    await feed.committed?.(reading, signal);
    page.read(reading);
    health.reads += 1;
    health.messages += reading.messages.length;
    health.unreadable += reading.unreadable.length;
    health.failuresInARow = 0;
    return reading.more;
  }

  async function read(signal: AbortSignal): Promise<void> {
    const pause = (milliseconds: number): Promise<void> =>
      wait(milliseconds, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      try {
        const more = await readOnce(signal);
        if (!more) await pause(feed.sync.rhythmMs);
      } catch (thrown) {
        if (signal.aborted) return;
        const fault = faultRecord(thrown);
        health.failuresInARow += 1;
        page.failed(fault);
        log('feed-failed', { feed: name, kind: fault.kind, code: fault.code, message: fault.message });
        const backOff = feed.sync.rhythmMs * 2 ** Math.min(health.failuresInARow, 10);
        await pause(fault.retryAfterMs ?? Math.min(longestPauseMs, backOff));
      }
    }
  }

  const led = lead(`feed ${name}`, read);
  return {
    name,
    health: () => ({ leading: led.isLeading() ? 1 : 0, ...health }),
    stop: led.stop,
  };
}

import type { Json } from '#model/kernel';
import type { Feed, Reading } from '../feed.ts';
import { anySignal } from './stage.ts';

/** Readings of a feed until it says that there is no more, as the runtime reads: each from the stored cursor of the one before. */
export async function readAll(
  feed: Feed,
  from?: Json,
): Promise<{ readonly readings: readonly Reading[]; readonly cursor: Json }> {
  const readings: Reading[] = [];
  let cursor = from;
  for (;;) {
    const reading = await feed.read(cursor, anySignal());
    readings.push(reading);
    // Through text, as it is stored.
    cursor = JSON.parse(JSON.stringify(reading.cursor)) as Json;
    if (!reading.more) return { readings, cursor };
    if (readings.length > 1_000) throw new Error('the feed says "more" for ever');
  }
}

export const idsOf = (readings: readonly Reading[]): readonly string[] =>
  readings.flatMap(({ messages }) => messages.map(({ id }) => id));

import { describe, expect, test } from 'vitest';
import { fixedClock, plusMilliseconds, systemClock } from '#model/kernel';
import { idsOf, readAll } from './read-feed.ts';
import { createStages, feedNamed } from './stage.ts';
import type { Subject } from './subject.ts';

const twoDaysMs = 2 * 24 * 3_600_000;

/** News comes whole, under stable ids, whatever the clocks say. */
export function describeFeeds(subject: Subject): void {
  const open = createStages(subject);
  const count = subject.messages ?? 7;

  describe('when it reads a feed', () => {
    test('everything that happened comes, page by page, once', async () => {
      const { connection, feeds } = await open();
      for (const { feed, occur } of feeds) {
        const wanted = await occur(count);
        const { readings } = await readAll(feedNamed(connection, feed));
        expect(readings.length, `${feed}: give it a batch of fewer than ${count}`).toBeGreaterThan(1);
        expect([...idsOf(readings)].sort(), feed).toEqual([...wanted].sort());
        for (const { original, occurredAt } of readings.flatMap(({ messages }) => messages)) {
          expect(original.length).toBeGreaterThan(0);
          expect(occurredAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
        }
      }
    });

    test('reading again from an old cursor gives the same ids', async () => {
      const { connection, feeds } = await open();
      for (const { feed, occur } of feeds) {
        await occur(count);
        const first = await readAll(feedNamed(connection, feed));
        const second = await readAll(feedNamed(connection, feed));
        expect(idsOf(second.readings), feed).toEqual(idsOf(first.readings));
      }
    });

    test('what is new after a reading comes in the next, and only that', async () => {
      const { connection, feeds } = await open();
      for (const { feed: name, occur } of feeds) {
        const feed = feedNamed(connection, name);
        await occur(2);
        const first = await readAll(feed);
        for (const reading of first.readings) await feed.committed?.(reading, AbortSignal.timeout(20_000));
        const fresh = await occur(1);
        const next = await readAll(feed, first.cursor);
        expect(idsOf(next.readings), name).toEqual(fresh);
      }
    });

    test.each([
      ['ahead', twoDaysMs],
      ['behind', -twoDaysMs],
    ])('our clock two days %s changes nothing', async (_, skewMs) => {
      const { connection, feeds } = await open(fixedClock(plusMilliseconds(systemClock.now(), skewMs)));
      for (const { feed: name, occur } of feeds) {
        const feed = feedNamed(connection, name);
        const early = await occur(1);
        const first = await readAll(feed);
        const later = await occur(1);
        const second = await readAll(feed, first.cursor);
        expect(new Set([...idsOf(first.readings), ...idsOf(second.readings)]), name).toEqual(
          new Set([...early, ...later]),
        );
      }
    });
  });
}

import { describe, expect, test } from 'vitest';
import { cursorAfter, cursorFrom, firstCursor } from './cursor.ts';

const wonSince = '2026-01-01T00:00:00.000Z';
const limits = { wonSince, overlapMs: 60_000 };
const record = (count: number, time: string) => ({
  Id: `006Cd000000000${count}IAA`,
  SystemModstamp: `2026-03-01T${time}.000+0000`,
});

describe('the cursor of won opportunities', () => {
  test('goes on behind the last record of a full reading', () => {
    const cursor = cursorAfter(firstCursor(wonSince), [record(1, '09:30:00'), record(2, '09:30:00')], true, limits);
    expect(cursor).toMatchObject({ at: '2026-03-01T09:30:00.000Z', id: '006Cd0000000002IAA' });
  });

  test('begins the next sweep before the highest stamp, and remembers what it saw from there on', () => {
    const cursor = cursorAfter(firstCursor(wonSince), [record(1, '09:00:00'), record(2, '09:30:00')], false, limits);
    expect(cursor).toEqual({
      at: '2026-03-01T09:29:00.000Z',
      id: '',
      highest: '2026-03-01T09:30:00.000Z',
      recent: { '006Cd0000000002IAA': '2026-03-01T09:30:00.000Z' },
    });
    expect(cursorAfter(cursor, [], false, limits)).toEqual(cursor);
  });

  test('never goes behind the day on which the integration began', () => {
    const early = { ...record(1, '00:00:10'), SystemModstamp: '2026-01-01T00:00:10.000+0000' };
    expect(cursorAfter(firstCursor(wonSince), [early], false, limits).at).toBe(wonSince);
  });

  test('stays small', () => {
    const many = Array.from({ length: 5_000 }, (_, count) => ({ ...record(1, '09:30:00'), Id: `006${count}` }));
    expect(Object.keys(cursorAfter(firstCursor(wonSince), many, true, limits).recent)).toHaveLength(2_000);
  });

  test('that is not ours is refused with what to do', () => {
    expect(() => cursorFrom({ page: 7 }, wonSince)).toThrow(/Delete it to read again from `wonSince`/);
    expect(cursorFrom(undefined, wonSince)).toEqual(firstCursor(wonSince));
  });
});

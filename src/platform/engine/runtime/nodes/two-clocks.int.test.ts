import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FixedClock, fixedClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { minutes } from '../../duration.ts';
import type { Engine } from '../engine.ts';
import { eventually, startEngine } from '../testing/engine-under-test.ts';
import { errandFlow, Slow } from '../testing/errand.ts';
import { createFakeTarget } from '../testing/fake-target.ts';
import { createTwoClocks } from './two-clocks.ts';

const start = '2026-03-29T00:30:00.000Z';
const twoHours = 2 * 3_600_000;

describe('a deadline', () => {
  let own: TestDatabase;
  let engine: Engine;
  let process: FixedClock;
  let database: FixedClock;
  beforeEach(async () => {
    own = await testDatabase();
    process = fixedClock(start);
    database = fixedClock(start);
  });
  afterEach(async () => {
    engine.kill();
    await own.drop();
  });

  /** An errand whose first call is never answered, so that only its deadline can do anything. */
  async function slowErrand(): Promise<void> {
    const target = createFakeTarget();
    target.next('booking', 'silent');
    engine = await startEngine({
      database: own.database,
      flows: [errandFlow({ within: minutes(60) })],
      provider: target.provider('searchable'),
      needs: { clock: process, otherClock: async () => database.now() },
    });
    await engine.start({ flow: 'errand', key: 'slow', input: { size: 1 }, source: 'test' });
  }
  const rings = async (): Promise<boolean> => (await engine.view('errand', 'slow'))?.cases.includes(Slow) === true;
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
  const both = (milliseconds: number): void => {
    process.advance(milliseconds);
    database.advance(milliseconds);
  };
  /** The second clock is carried on between its readings; a test that moves it has it read again. */
  const restart = async (): Promise<void> => {
    engine.kill();
    const target = createFakeTarget();
    target.latencyMs = 600_000;
    engine = await startEngine({
      database: own.database,
      flows: [errandFlow({ within: minutes(60) })],
      provider: target.provider('keyed'),
      needs: { clock: process, otherClock: async () => database.now() },
    });
  };

  test('does not ring early when the process clock jumps two hours forth, and rings when its time has come', async () => {
    await slowErrand();
    process.advance(twoHours);
    await aWhile();
    expect(await rings()).toBe(false);
    both(61 * 60_000);
    await restart();
    await eventually(rings, 'the deadline');
  });

  test('is not lost when the process clock jumps two hours back', async () => {
    await slowErrand();
    process.advance(-twoHours);
    both(61 * 60_000);
    await restart();
    await aWhile();
    expect(await rings()).toBe(false);
    process.advance(twoHours);
    await eventually(rings, 'the deadline');
  });

  test('set while the process clock was two hours behind is not too near', async () => {
    process.advance(-twoHours);
    await slowErrand();
    expect((await engine.view('errand', 'slow'))?.dueAt?.slice(0, 16)).toBe('2026-03-29T01:30');
  });

  test('is late and not lost while the database clock is behind', async () => {
    await slowErrand();
    database.advance(-twoHours);
    both(61 * 60_000);
    await restart();
    await aWhile();
    expect(await rings()).toBe(false);
    database.advance(twoHours);
    await restart();
    await eventually(rings, 'the deadline');
  });

  test('of an hour is an hour in the night in which the clocks are put forward', async () => {
    await slowErrand();
    both(59 * 60_000);
    await restart();
    await aWhile();
    expect(await rings()).toBe(false);
    both(2 * 60_000);
    await restart();
    await eventually(rings, 'the deadline');
  });
});

describe('two clocks', () => {
  test.each([
    [0, 0, 0],
    [1_000, 0, 0],
    [twoHours, twoHours, 0],
    [-twoHours, 0, -twoHours],
  ])('of which the other is %d ms ahead stamp by the later and ring by the earlier', async (ahead, stamped, due) => {
    const own = fixedClock(start);
    const other = fixedClock(start);
    other.advance(ahead);
    const told: string[] = [];
    const clocks = createTwoClocks({ own, other: async () => other.now(), log: (event) => told.push(event) });
    await clocks.refresh();
    const difference = (at: string): number => Math.round((Date.parse(at) - Date.parse(start)) / 100) * 100;
    expect([difference(clocks.stamp.now()), difference(clocks.due.now())]).toEqual([stamped, due]);
    expect(told).toEqual(Math.abs(ahead) > 2_000 ? ['clocks-apart'] : []);
  });
});

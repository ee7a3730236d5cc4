import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RunView } from '../engine.ts';
import type { HotRun } from './hot-run.ts';
import { newActor } from './run-actor.ts';
import { waitForRun } from './wait-for-run.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const seen = { phase: 'ended' } as RunView;
const written = (version: number): HotRun => ({ version }) as HotRun;

test('the database is looked at for a run that stands still here, and not for one that this node moves on', async () => {
  const actor = newActor('f', 'k');
  let looks = 0;
  const read = async (): Promise<RunView | undefined> => {
    looks += 1;
    return looks > 1 ? seen : undefined;
  };
  const waiting = waitForRun(actor, read, ({ phase }) => phase === 'ended', 10_000);
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toBe(1);
  // Given this node writes it between the first look and the next, then that one is left out,
  actor.hot = written(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(looks).toBe(1);
  // and when it has stood still since, another node may have moved it on.
  await vi.advanceTimersByTimeAsync(150);
  expect(looks).toBe(2);
  expect(await waiting).toBe(seen);
});

import type { RunView } from '../engine.ts';
import type { RunActor, Waiter } from './run-actor.ts';
import { runView } from './run-view.ts';

/**
 * When the database is looked at beside listening, for a run that another node moves on, ms: soon at first, then later each time, so
 * that nobody waits half as long again as the run took, and a long wait costs a look a second.
 */
const firstLookMs = 80;
const growth = 1.5;
const longestPauseMs = 1_000;

/** Tells those who wait for what has come to be. */
export function tellWaiters(waiters: Set<Waiter>, run: RunView): void {
  for (const waiter of [...waiters]) {
    try {
      if (!waiter.until(run)) continue;
      waiter.resolve(run);
    } catch (thrown) {
      // The question was wrong, not the run: whoever asked hears of it, and the run goes on.
      waiter.reject(thrown);
    }
    waiters.delete(waiter);
  }
}

/** Resolves with the first view that satisfies `until`, undefined when the time is over. Throws what `until` throws. */
export async function waitForRun(
  actor: RunActor,
  read: () => Promise<RunView | undefined>,
  until: (run: RunView) => boolean,
  timeoutMs: number,
): Promise<RunView | undefined> {
  const found = Promise.withResolvers<RunView | undefined>();
  const waiter: Waiter = { until, resolve: found.resolve, reject: found.reject };
  const look = async (): Promise<void> => {
    const view = await read();
    if (view && until(view)) found.resolve(view);
  };
  // Listening begins before the first look, so that nothing falls between the two.
  actor.waiters.add(waiter);
  const over = setTimeout(() => found.resolve(undefined), timeoutMs);
  let again: NodeJS.Timeout | undefined;
  let isOver = false;
  let known = actor.hot;
  /** Of what this node writes it hears: it looks only for what moved nowhere since the last time. */
  const lookUnlessMoving = async (): Promise<void> => {
    const isMoving = actor.hot !== undefined && actor.hot !== known;
    known = actor.hot;
    if (!isMoving) await look();
  };
  const lookAfter = (pauseMs: number): void => {
    again = setTimeout(() => {
      lookUnlessMoving()
        .catch(() => undefined)
        .finally(() => {
          if (!isOver) lookAfter(Math.min(longestPauseMs, pauseMs * growth));
        });
    }, pauseMs);
  };
  lookAfter(firstLookMs);
  try {
    // What this node has in memory is what it wrote last.
    if (actor.hot) tellWaiters(new Set([waiter]), runView(actor.hot));
    else await look();
    return await found.promise;
  } finally {
    isOver = true;
    clearTimeout(again);
    clearTimeout(over);
    actor.waiters.delete(waiter);
  }
}

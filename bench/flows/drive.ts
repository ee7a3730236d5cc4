import { Fault } from '#model/kernel';
import type { Contender } from './contender.ts';
import { benchOrder } from './work/order.ts';

/** How a contender is to be driven. */
export interface Drive {
  /** Lines of each order. */
  readonly lines: number;
  /** Orders under way at once (closed loop), or at most (open loop). */
  readonly inFlight: number;
  /** Before the window opens; a closed loop also waits until as many orders have ended as are under way. */
  readonly rampSeconds: number;
  /** Length of the window. */
  readonly seconds: number;
  /** Open loop: orders begin at this pace, whatever became of those before. */
  readonly perSecond?: number;
}

/** What was seen in the window. */
export interface Driven {
  readonly flows: number;
  /** Steps taken in the window: what its costs are divided by, since orders begin before it and end after it. */
  readonly advances: number;
  readonly seconds: number;
  /** Of the flows that ended in the window, ms; in an open loop from when they should have begun. */
  readonly latencies: Float64Array;
  /** Processor time of the contender's process, ms. */
  readonly cpuMs: number;
  readonly residentBytes: number;
}

const longestRampMs = 15_000;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** Whoever sends it is told to send it again: it was not taken, and is not awaited. */
const isTurnedAway = (thrown: unknown): boolean => thrown instanceof Fault && thrown.kind === 'transient';

/** Before a sender who was turned away sends again, ms. */
const turnedAwayMs = 50;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Drives the contender until the window closes, then lets what is under way end. `opened` and `closed` are called at the
 * window's edges.
 */
export async function drive(
  contender: Contender,
  how: Drive,
  nextNumber: () => string,
  on: { readonly opened: () => void; readonly closed: (driven: Driven) => void },
): Promise<void> {
  let latencies: number[] = [];
  let isOver = false;
  let underWay = 0;

  async function one(begunAt: number): Promise<void> {
    underWay += 1;
    await contender.run(benchOrder(nextNumber(), how.lines)).finally(() => {
      underWay -= 1;
    });
    latencies.push(performance.now() - begunAt);
  }

  async function closedLoop(): Promise<void> {
    while (!isOver) {
      try {
        await one(performance.now());
      } catch (thrown) {
        if (!isTurnedAway(thrown)) throw thrown;
        await pause(turnedAwayMs);
      }
    }
  }

  async function openLoop(perSecond: number, failed: (thrown: unknown) => void): Promise<void> {
    const start = performance.now();
    for (let count = 0; !isOver; ) {
      const due = start + (count * 1_000) / perSecond;
      if (performance.now() < due) await pause(1);
      else if (underWay >= how.inFlight) await pause(1);
      else {
        count += 1;
        one(due).catch((thrown: unknown) => {
          if (!isTurnedAway(thrown)) failed(thrown);
        });
      }
    }
    while (underWay > 0) await pause(1);
  }

  async function watch(): Promise<void> {
    await pause(how.rampSeconds * 1_000);
    // All began at once: only when each has been through once are they spread over the flow.
    const atLast = performance.now() + longestRampMs;
    const generation = how.perSecond === undefined ? how.inFlight : 1;
    while (latencies.length < generation && performance.now() < atLast) await pause(5);
    latencies = [];
    const opened = performance.now();
    const cpu = cpuMs();
    const advances = contender.advances();
    on.opened();
    await pause(how.seconds * 1_000);
    isOver = true;
    const seconds = (performance.now() - opened) / 1_000;
    on.closed({
      flows: latencies.length,
      advances: contender.advances() - advances,
      seconds,
      latencies: Float64Array.from(latencies),
      cpuMs: cpuMs() - cpu,
      residentBytes: process.memoryUsage().rss,
    });
  }

  const { perSecond } = how;
  if (perSecond === undefined) await Promise.all([watch(), ...Array.from({ length: how.inFlight }, closedLoop)]);
  else {
    const { promise, reject, resolve } = Promise.withResolvers<void>();
    Promise.all([watch(), openLoop(perSecond, reject)]).then(() => resolve(), reject);
    await promise;
  }
}

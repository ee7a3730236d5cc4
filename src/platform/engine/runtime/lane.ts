import { type Breaker, createBreaker } from './breaker.ts';
import type { EffectTask } from './effect-task.ts';
import type { LaneMetrics } from './engine.ts';
import { createLaneQueue, type LaneQueue } from './lane-queue.ts';
import { createTokenBucket } from './token-bucket.ts';

/** All traffic of this node to one outside system. */
export interface Lane {
  readonly instance: string;
  readonly queue: LaneQueue;
  readonly breaker: Breaker;
  /** Tasks here that wait for a moment of their own. */
  delayed: number;
  /** More of its work waits in the database. */
  hasBacklog: boolean;
  /** Sends what may be sent now. */
  pump(): void;
  counted(outcome: 'sent' | 'failed'): void;
  metrics(): LaneMetrics;
  stop(): void;
}

export interface LaneNeeds {
  readonly instance: string;
  readonly budget: { readonly concurrency: number; readonly perSecond?: number };
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Whether anything may be sent at all: not while stopping, or without a lease. */
  readonly isOpen: () => boolean;
  /** One call; must not throw. */
  readonly work: (lane: Lane, task: EffectTask) => Promise<void>;
  readonly breaker: { readonly threshold: number; readonly coolMs: number };
}

export function createLane(needs: LaneNeeds): Lane {
  const { now, budget } = needs;
  const queue = createLaneQueue();
  const breaker = createBreaker(needs.breaker);
  const bucket = createTokenBucket(budget.perSecond);
  let inFlight = 0;
  let sent = 0;
  let failed = 0;
  let wake: NodeJS.Timeout | undefined;

  function wakeIn(milliseconds: number): void {
    clearTimeout(wake);
    wake = setTimeout(() => lane.pump(), Math.max(1, milliseconds));
  }

  /** Whether a call may go now; arranges to be called again when that is only a matter of time. */
  function mayGo(): boolean {
    if (!needs.isOpen() || queue.ready === 0 || inFlight >= budget.concurrency) return false;
    const { opensAt } = breaker;
    if (breaker.state === 'probing') return false;
    if (opensAt !== undefined && now() < opensAt) {
      wakeIn(opensAt - now());
      return false;
    }
    const delay = bucket.take(now());
    if (delay > 0) {
      wakeIn(delay);
      return false;
    }
    return breaker.admits(now()) !== 'no';
  }

  async function send(task: EffectTask): Promise<void> {
    inFlight += 1;
    await needs.work(lane, task);
    inFlight -= 1;
    lane.pump();
  }

  const lane: Lane = {
    instance: needs.instance,
    queue,
    breaker,
    delayed: 0,
    hasBacklog: false,
    pump: () => {
      while (mayGo()) {
        const task = queue.take();
        if (task) void send(task);
      }
    },
    counted: (outcome) => {
      if (outcome === 'sent') sent += 1;
      else failed += 1;
    },
    metrics: () => ({
      lane: needs.instance,
      queued: queue.size,
      inFlight,
      delayed: lane.delayed,
      breaker: breaker.state,
      sent,
      failed,
    }),
    stop: () => clearTimeout(wake),
  };
  return lane;
}

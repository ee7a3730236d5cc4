import type { EffectTask } from '../effects/effect-task.ts';
import type { LaneMetrics } from '../engine.ts';
import { type Breaker, type BreakerNews, createBreaker } from './breaker.ts';
import { createLaneQueue, type LaneQueue } from './lane-queue.ts';
import { createTokenBucket } from './token-bucket.ts';

/** What this node may do of a lane's budget, and until when unless it is told again. */
export interface LaneShare {
  readonly slots: number;
  readonly perSecond: number | undefined;
  /** Monotonic, ms. */
  readonly until: number;
  /** There is more in the hands of other nodes. */
  readonly isPart: boolean;
}

/** What this node has to do in a lane, for those who share it out. */
export interface LaneDemand {
  /** Calls to be made or under way, by urgency, the most urgent first. */
  readonly calls: readonly number[];
  /** All that waits here, by urgency. */
  readonly waiting: readonly number[];
  readonly inFlight: number;
  /** How long the eldest has waited, ms. */
  readonly oldestMs: number;
  /** Calls answered a second, of late. */
  readonly perSecond: number;
}

/** All traffic of this node to one outside system. */
export interface Lane {
  readonly instance: string;
  readonly queue: LaneQueue;
  readonly breaker: Breaker;
  readonly inFlight: number;
  /** Tasks here that wait for a moment of their own. */
  delayed: number;
  /** More of its work waits in the database. */
  hasBacklog: boolean;
  /** A person paused it, or it is in maintenance: nothing is sent. */
  isHeld: boolean;
  share(share: LaneShare): void;
  /** Looks at what there is to do since it was asked last. */
  demand(): LaneDemand;
  /** Sends what may be sent now. */
  pump(): void;
  counted(outcome: 'sent' | 'failed'): void;
  metrics(): LaneMetrics;
  stop(): void;
}

export interface LaneNeeds {
  readonly instance: string;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** Whether anything may be sent at all: not while stopping, or without a lease. */
  readonly isOpen: () => boolean;
  /** One call; must not throw. */
  readonly work: (lane: Lane, task: EffectTask) => Promise<void>;
  readonly breaker: { readonly threshold: number; readonly coolMs: number };
  readonly hooks: LaneHooks;
}

/** What a lane tells those who share it out over the nodes. */
export interface LaneHooks {
  /** The breaker changed here. */
  tell(news: BreakerNews): void;
  /** Asks for the right to find out whether the system is back. */
  askForProbe(): Promise<boolean>;
  /** It could send more than its share. */
  short(): void;
  /** A call has ended that stood beyond its share. */
  freed(): void;
}

/** How far back the rate of answers is looked at, ms. */
const rateOverMs = 20_000;
const nothing: LaneShare = { slots: 0, perSecond: undefined, until: 0, isPart: true };

export function createLane(needs: LaneNeeds): Lane {
  const { now, hooks } = needs;
  const queue = createLaneQueue(now);
  const breaker = createBreaker(needs.breaker, (news) => hooks.tell(news));
  const inFlightBy = [0, 0, 0, 0, 0];
  let share = nothing;
  let bucket = createTokenBucket(undefined);
  let inFlight = 0;
  let most = 0;
  let sent = 0;
  let failed = 0;
  let rate = 0;
  let rated = { at: now(), answers: 0 };
  let wake: NodeJS.Timeout | undefined;

  function wakeIn(milliseconds: number): void {
    clearTimeout(wake);
    wake = setTimeout(() => lane.pump(), Math.max(1, Math.min(milliseconds, 2 ** 31 - 1)));
  }

  async function ask(): Promise<void> {
    breaker.asked();
    breaker.granted(await hooks.askForProbe().catch(() => false));
    lane.pump();
  }

  /** Whether a call may go now; arranges to be called again when that is only a matter of time. */
  function mayGo(): boolean {
    if (queue.ready === 0 || lane.isHeld || !needs.isOpen()) return false;
    const at = now();
    if (inFlight >= share.slots || at >= share.until) {
      if (share.isPart) hooks.short();
      return false;
    }
    if (breaker.state === 'probing') return false;
    const { opensAt } = breaker;
    if (opensAt !== undefined && at < opensAt) {
      wakeIn(opensAt - at);
      return false;
    }
    // Before a token is taken, which a call that may not go would waste.
    const verdict = breaker.admits(at);
    if (verdict === 'ask') void ask();
    if (verdict !== 'yes' && verdict !== 'probe') return false;
    const delay = bucket.take(at);
    if (delay === 0) return true;
    if (verdict === 'probe') breaker.unused();
    if (share.isPart) hooks.short();
    if (Number.isFinite(delay)) wakeIn(delay);
    return false;
  }

  async function send(task: EffectTask): Promise<void> {
    const urgency = task.priority in inFlightBy ? task.priority : 2;
    inFlight += 1;
    inFlightBy[urgency] = (inFlightBy[urgency] ?? 0) + 1;
    most = Math.max(most, inFlight + queue.ready);
    const isProbe = breaker.state === 'probing';
    await needs.work(lane, task);
    inFlight -= 1;
    inFlightBy[urgency] = (inFlightBy[urgency] ?? 0) - 1;
    // It ended without a call: the right to find out is still there for the next.
    if (isProbe) breaker.unused();
    if (share.isPart && inFlight >= share.slots) hooks.freed();
    lane.pump();
  }

  function measure(at: number): void {
    const passed = at - rated.at;
    if (passed < 200) return;
    const observed = ((sent - rated.answers) / passed) * 1_000;
    const weight = Math.min(1, passed / rateOverMs);
    rate = rate === 0 ? observed : rate + (observed - rate) * weight;
    rated = { at, answers: sent };
  }

  const lane: Lane = {
    instance: needs.instance,
    queue,
    breaker,
    get inFlight() {
      return inFlight;
    },
    delayed: 0,
    hasBacklog: false,
    isHeld: false,
    share: (next) => {
      const isFirst = share === nothing;
      if (isFirst) bucket = createTokenBucket(next.perSecond, !next.isPart);
      else bucket.setRate(next.perSecond, now());
      share = next;
    },
    demand: () => {
      const at = now();
      measure(at);
      const waiting = [...queue.readyByUrgency];
      const calls = waiting.map((count, urgency) => count + (inFlightBy[urgency] ?? 0));
      // What came and went since the last look, of no known urgency.
      const unseen = most - inFlight - queue.ready;
      if (unseen > 0) calls[2] = (calls[2] ?? 0) + unseen;
      most = inFlight + queue.ready;
      // What waits behind the first of its order key, or for a moment of its own, is of no known urgency either.
      waiting[2] = (waiting[2] ?? 0) + queue.size - queue.ready + lane.delayed;
      const oldestMs = queue.oldest === undefined ? 0 : Math.round(at - queue.oldest);
      return { calls, waiting, inFlight, oldestMs, perSecond: Math.round(rate * 100) / 100 };
    },
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

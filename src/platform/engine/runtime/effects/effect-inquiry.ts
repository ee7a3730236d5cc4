import type { FaultRecord } from '#model/kernel';
import type { Log } from '../engine.ts';
import type { EffectCalls } from './effect-calls.ts';
import { canDiscard, type HeldEffect, inDoubt } from './held-effect.ts';
import { retryDelay } from './retry-delay.ts';
import { type CallResult, newCut } from './timed-call.ts';

interface InquiryNeeds {
  readonly calls: EffectCalls;
  readonly log: Log;
  readonly isDead: () => boolean;
  readonly settle: (entry: HeldEffect, outcome: string, data: object) => void;
  readonly later: (entry: HeldEffect, delayMs: number, first?: boolean) => Promise<void>;
  readonly succeed: (entry: HeldEffect, answer: unknown) => void;
  readonly fail: (entry: HeldEffect, fault: FaultRecord) => void;
}

export interface EffectInquiry {
  /** Asks the target what became of it, and goes on from there. */
  ask(entry: HeldEffect): Promise<void>;
  /** It failed for good, perhaps in the middle. */
  broken(entry: HeldEffect, fault: FaultRecord): Promise<void>;
}

const now = (): number => performance.now();

/** What became of an effect that is in doubt, and of what it left half made when it is not to be sent again. */
export function createEffectInquiry(needs: InquiryNeeds): EffectInquiry {
  const { calls, log, isDead, settle, later, succeed, fail } = needs;

  /** `left`: why what an attempt left half made is still there. */
  const withdrawn = (entry: HeldEffect, left?: FaultRecord): void =>
    settle(entry, 'withdrawn', left === undefined ? {} : { fault: left });

  const failLeaving = (entry: HeldEffect, fault: FaultRecord, left: FaultRecord | undefined): void => {
    const more = `; what it may have left half made could not be taken away: ${left?.message}`;
    fail(entry, left === undefined ? fault : { ...fault, message: fault.message + more });
  };

  /** One try to clean up: a person is told of both, and waits already. */
  async function broken(entry: HeldEffect, fault: FaultRecord): Promise<void> {
    if (!canDiscard(entry.task)) return fail(entry, fault);
    entry.cut = newCut();
    const result = await calls.discard(entry.task, entry.cut);
    if (isDead()) return;
    failLeaving(entry, fault, result.kind === 'answer' ? undefined : result.fault);
  }

  /** The target does not know, or cannot be asked: once more, until it has been asked often enough. */
  async function askLater(entry: HeldEffect, isSpent: boolean, giveUp: () => void): Promise<void> {
    const { task } = entry;
    if (!isSpent) return later(entry, 0, true);
    task.inquiries += 1;
    if (task.inquiries >= task.effect.retry.attempts) return giveUp();
    return later(entry, retryDelay(task.effect.retry, task.inquiries));
  }

  /** A question or a cleaning up came to nothing: what that means for the lane, and whether it counts. */
  function missed({ lane }: HeldEffect, { kind, fault }: Exclude<CallResult<unknown>, { kind: 'answer' }>): boolean {
    lane.counted('failed');
    const isLaneFailing = kind === 'unknown' || fault.kind === 'transient';
    if (fault.retryAfterMs !== undefined) lane.breaker.pause(now() + fault.retryAfterMs, now());
    else if (!isLaneFailing) lane.breaker.succeeded();
    return fault.retryAfterMs === undefined && (!isLaneFailing || lane.breaker.failed(now()));
  }

  /**
   * It was not done, and is not sent again: what was left half made is taken away before it `end`s. While that fails it stays in
   * doubt, so that whoever comes next asks first: it may have been done late. It ends after as many tries as anything, with what
   * is left for a person to see: a run that is given up must not hang on it.
   */
  async function discard(entry: HeldEffect, end: (left?: FaultRecord) => void): Promise<void> {
    const { task, lane } = entry;
    if (!canDiscard(task)) return end();
    entry.cut = newCut();
    const result = await calls.discard(task, entry.cut);
    if (isDead()) return;
    if (result.kind === 'answer') {
      lane.breaker.succeeded();
      lane.counted('sent');
      return end();
    }
    const { fault } = result;
    log('not-discarded', { key: task.key, message: fault.message });
    const isSpent = missed(entry, result);
    const isHopeless = result.kind === 'fault' && fault.kind !== 'transient';
    return isHopeless ? end(fault) : askLater(entry, isSpent, () => end(fault));
  }

  async function ask(entry: HeldEffect): Promise<void> {
    const { task, lane } = entry;
    entry.cut = newCut();
    const result = await calls.ask(task, entry.cut);
    if (isDead()) return;
    if (result.kind !== 'answer') {
      const { message } = result.fault;
      return askLater(entry, missed(entry, result), () => fail(entry, inDoubt(message)));
    }
    lane.breaker.succeeded();
    lane.counted('sent');
    const { answer } = result;
    if (answer.known === 'done') return succeed(entry, answer.answer);
    if (answer.known === 'unsure') return askLater(entry, true, () => fail(entry, inDoubt('the target is not sure')));
    if (task.withdraw) return discard(entry, (left) => withdrawn(entry, left));
    if (task.attempt >= task.effect.retry.attempts) {
      const message = `it was sent ${task.attempt} times and is not there`;
      const spent: FaultRecord = { kind: 'permanent', code: 'attempts-exhausted', message };
      return discard(entry, (left) => failLeaving(entry, spent, left));
    }
    task.doubtSince = undefined;
    // Remembered, for half of it may be there.
    task.inquiries = Math.max(1, task.inquiries);
    task.attempt += 1;
    return later(entry, 0, true);
  }

  return { ask, broken };
}

import type { FaultRecord } from '#model/kernel';
import type { Log } from '../engine.ts';
import type { EffectCalls } from './effect-calls.ts';
import { createEffectInquiry } from './effect-inquiry.ts';
import type { EffectRecords } from './effect-records.ts';
import type { EffectTask } from './effect-task.ts';
import { type HeldEffect, inDoubt, lateCommitMs, mayHaveLeft, verbClass } from './held-effect.ts';
import { retryDelay } from './retry-delay.ts';
import { type CallResult, newCut } from './timed-call.ts';

export interface TurnNeeds {
  readonly calls: EffectCalls;
  readonly records: EffectRecords;
  readonly log: Log;
  readonly isDead: () => boolean;
  /** Whether our lease stands, in the turn that sends. */
  readonly holdsLease: () => boolean;
  /** It is over: brings `<name>.<outcome>` to the run. */
  readonly settle: (entry: HeldEffect, outcome: string, data: object) => void;
  /** Back into its lane after a while; `first` before the others of its urgency. */
  readonly later: (entry: HeldEffect, delayMs: number, first?: boolean) => Promise<void>;
  /** Whether a time that the database has lost may have done it: asked once, before the first send. */
  readonly mayBeDone?: (task: EffectTask) => boolean | Promise<boolean>;
  /** It is somebody else's. */
  readonly forget: (entry: HeldEffect) => void;
}

const now = (): number => performance.now();

/**
 * One effect's turn in its lane: sends it, or asks what became of it, and decides by the fault's kind and the verb's class what is
 * next. Nothing else decides on a retry.
 */
export function createEffectTurn(needs: TurnNeeds): (entry: HeldEffect) => Promise<void> {
  const { calls, records, log, isDead, holdsLease, settle, later, forget } = needs;

  const succeed = (entry: HeldEffect, answer: unknown): void =>
    settle(entry, entry.task.undoes ? 'undone' : 'done', { answer });

  const fail = (entry: HeldEffect, fault: FaultRecord): void =>
    settle(entry, entry.task.undoes ? 'undo-failed' : 'failed', { fault });

  const refuse = (entry: HeldEffect, fault: FaultRecord): void =>
    settle(entry, entry.task.undoes ? 'undo-failed' : 'refused', { fault });

  const withdrawn = (entry: HeldEffect): void => settle(entry, 'withdrawn', {});

  const { ask, broken } = createEffectInquiry({ calls, log, isDead, settle, later, succeed, fail });

  /** Safe to send again. */
  async function retry(entry: HeldEffect, fault: FaultRecord): Promise<void> {
    const { task, lane } = entry;
    lane.counted('failed');
    if (fault.retryAfterMs !== undefined) lane.breaker.pause(now() + fault.retryAfterMs, now());
    const isSpent = fault.retryAfterMs === undefined && lane.breaker.failed(now());
    if (task.withdraw && task.doubtSince === undefined && !mayHaveLeft(task)) return withdrawn(entry);
    if (!isSpent) return later(entry, 0, true);
    if (task.attempt >= task.effect.retry.attempts) {
      const isSure = task.doubtSince === undefined && !mayHaveLeft(task);
      return fail(entry, isSure ? fault : inDoubt(fault.message));
    }
    task.attempt += 1;
    return later(entry, retryDelay(task.effect.retry, task.attempt - 1));
  }

  /** It may have been done: what next, by what the target can do. */
  async function doubt(entry: HeldEffect, fault: FaultRecord): Promise<void> {
    const { task, lane } = entry;
    lane.counted('failed');
    const isSpent = lane.breaker.failed(now());
    const kind = verbClass(task);
    log('effect-in-doubt', { key: task.key, class: kind, message: fault.message });
    if (kind === 'blind') return fail(entry, inDoubt(fault.message));
    if (kind === 'searchable' && !task.undoes) {
      if (typeof task.effect.ifUnsure !== 'function') return fail(entry, inDoubt(fault.message));
      task.doubtSince ??= now();
      return later(entry, lateCommitMs(task));
    }
    if (kind !== 'read') task.doubtSince ??= now();
    if (!isSpent) return later(entry, 0, true);
    if (task.attempt >= task.effect.retry.attempts)
      return fail(entry, kind === 'read' ? fault : inDoubt(fault.message));
    task.attempt += 1;
    return later(entry, retryDelay(task.effect.retry, task.attempt - 1));
  }

  /** That this attempt was refused says nothing of an earlier one, whose answer was lost. */
  const isStillInDoubt = (task: EffectTask): boolean => task.doubtSince !== undefined && verbClass(task) !== 'read';

  function answered(
    entry: HeldEffect,
    result: Exclude<CallResult<unknown>, { kind: 'unknown' }>,
  ): Promise<void> | undefined {
    const { lane } = entry;
    if (result.kind === 'fault' && result.fault.kind === 'transient') return retry(entry, result.fault);
    lane.breaker.succeeded();
    lane.counted('sent');
    if (result.kind === 'answer') succeed(entry, result.answer);
    else if (isStillInDoubt(entry.task)) fail(entry, inDoubt(result.fault.message));
    else if (result.fault.kind === 'business') refuse(entry, result.fault);
    else return broken(entry, result.fault);
    return undefined;
  }

  async function send(entry: HeldEffect): Promise<void> {
    const { task } = entry;
    if (verbClass(task) === 'blind') {
      if (!(await records.sending(task))) return forget(entry);
    }
    if (isDead() || !holdsLease()) return later(entry, 0, true);
    entry.cut = newCut();
    const result = await calls.send(task, entry.cut);
    if (isDead()) return;
    return result.kind === 'unknown' ? doubt(entry, result.fault) : answered(entry, result);
  }

  /** Nobody remembers whether it was sent: the target is asked, and where it cannot be, a person. */
  async function sendUnlessDone(entry: HeldEffect): Promise<void> {
    const { task } = entry;
    const mayBe = needs.mayBeDone?.(task) ?? false;
    const kind = verbClass(task);
    if (mayBe === false || kind === 'read' || !(await mayBe)) return send(entry);
    log('effect-in-doubt', { key: task.key, class: kind, message: 'the database has lost time' });
    task.doubtSince = now();
    const canBeAsked = typeof task.effect.ifUnsure === 'function' && !task.undoes;
    if (kind !== 'blind' && (kind === 'keyed' || task.undoes) && !canBeAsked) return send(entry);
    if (canBeAsked && kind !== 'blind') return ask(entry);
    return fail(entry, inDoubt('the database was restored or failed over, and may have forgotten that it was sent'));
  }

  /** Not wanted, and not in doubt: unless an earlier attempt left something there is nothing to do. */
  function unwanted(entry: HeldEffect): void | Promise<void> {
    const { task } = entry;
    if (!mayHaveLeft(task)) return withdrawn(entry);
    task.doubtSince = now() - lateCommitMs(task);
    return ask(entry);
  }

  /** One turn in the lane: sends, or asks what became of it. */
  async function turn(entry: HeldEffect): Promise<void> {
    const { task } = entry;
    if (task.provider === undefined) {
      const isSure = task.doubtSince === undefined;
      return fail(
        entry,
        isSure ? { kind: 'permanent', code: 'nobody-offers', message: task.nobody } : inDoubt(task.nobody),
      );
    }
    if (task.doubtSince === undefined) return task.withdraw ? unwanted(entry) : sendUnlessDone(entry);
    const kind = verbClass(task);
    if (kind === 'read' || kind === 'keyed' || task.undoes)
      return kind === 'blind' ? fail(entry, inDoubt('its owner died')) : send(entry);
    if (kind === 'blind' || typeof task.effect.ifUnsure !== 'function') return fail(entry, inDoubt('its owner died'));
    const due = task.doubtSince + lateCommitMs(task);
    return now() < due ? later(entry, Math.ceil(due - now())) : ask(entry);
  }

  return turn;
}

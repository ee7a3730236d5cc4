import type { Clock, FaultRecord } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Owner } from './batch-values.ts';
import { createEffectCalls } from './effect-calls.ts';
import type { EffectTask } from './effect-task.ts';
import type { LaneMetrics, Log, VerbClass } from './engine.ts';
import type { CrashAt } from './engine-options.ts';
import { createLane, type Lane } from './lane.ts';
import { retryDelay } from './retry-delay.ts';
import { patience } from './run-actor.ts';
import { markSending, recordRetry, releaseEffects } from './sql/effects.ts';
import { type CallResult, type Cut, newCut } from './timed-call.ts';

/** Works on the effects that this node owns, each lane at its own pace. */
export interface EffectRunner {
  add(task: EffectTask): void;
  /** Withdraws what was not sent; anything else comes back with its outcome. */
  withdraw(key: string): void;
  hasRoom(instance: string): boolean;
  /** Lanes that have room for work that waits in the database. */
  hungryLanes(): readonly { readonly instance: string; readonly room: number }[];
  /** Whether all of a lane's waiting work was taken. */
  noteBacklog(instance: string, hasBacklog: boolean): void;
  /** Drops what is not among these keys any more: others own it. */
  keepOnly(keys: ReadonlySet<string>): void;
  metrics(): readonly LaneMetrics[];
  /** Sends nothing more, waits for what is under way, and releases the rest. */
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

export interface RunnerNeeds {
  readonly database: Database;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether our lease stands, in the turn that sends. */
  readonly holdsLease: () => boolean;
  /** Brings an outcome to its run; `settled` is called when it is written. */
  readonly bring: (task: EffectTask, type: string, data: unknown, settled: () => void) => void;
}

export interface RunnerOptions {
  readonly laneDepth: number;
  readonly breaker: { readonly threshold: number; readonly coolMs: number };
  readonly crashAt: CrashAt;
}

interface Held {
  readonly task: EffectTask;
  readonly lane: Lane;
  state: 'waiting' | 'calling' | 'delayed' | 'settling';
  timer?: NodeJS.Timeout;
  /** Of the call under way. */
  cut?: Cut;
}

const now = (): number => performance.now();

const inDoubt = (because: string): FaultRecord => ({
  kind: 'ambiguous',
  code: 'in-doubt',
  message: `nobody can say whether it was done: ${because}`,
});

const verbClass = (task: EffectTask): VerbClass => task.provider?.verb(task.effect.verb).class ?? 'blind';

export function createEffectRunner(needs: RunnerNeeds, options: RunnerOptions): EffectRunner {
  const { database, owner, clock, log } = needs;
  const lanes = new Map<string, Lane>();
  const held = new Map<string, Held>();
  let isStopping = false;
  let isDead = false;
  const calls = createEffectCalls(options.crashAt);

  function laneOf(task: Pick<EffectTask, 'instance' | 'provider'>): Lane {
    const known = lanes.get(task.instance);
    if (known) return known;
    const lane = createLane({
      instance: task.instance,
      budget: task.provider?.lane ?? { concurrency: 64 },
      now,
      isOpen: () => !isStopping && !isDead && needs.holdsLease(),
      work,
      breaker: options.breaker,
    });
    lanes.set(task.instance, lane);
    return lane;
  }

  function forget({ task, lane }: Held): void {
    held.delete(task.key);
    lane.queue.release(task);
    lane.pump();
  }

  function settle(entry: Held, outcome: string, data: object): void {
    const { task } = entry;
    entry.state = 'settling';
    needs.bring(task, `${task.name}.${outcome}`, { occurrence: task.occurrence, ...data }, () => {
      options.crashAt('after-settle', { effect: task.name, key: task.key });
      forget(entry);
    });
  }

  const succeed = (entry: Held, answer: unknown): void =>
    settle(entry, entry.task.undoes ? 'undone' : 'done', { answer });

  const fail = (entry: Held, fault: FaultRecord): void =>
    settle(entry, entry.task.undoes ? 'undo-failed' : 'failed', { fault });

  const refuse = (entry: Held, fault: FaultRecord): void =>
    settle(entry, entry.task.undoes ? 'undo-failed' : 'refused', { fault });

  const withdrawn = (entry: Held): void => settle(entry, 'withdrawn', {});

  /** Writes down the next attempt; false when the effect is not ours any more. */
  async function record(task: EffectTask, delayMs: number): Promise<boolean> {
    const at = clock.now();
    const notBefore = new Date(Date.parse(at) + delayMs).toISOString();
    const isDoubtful = task.doubtSince !== undefined;
    const values = [task.key, owner.name, owner.epoch, task.attempt, task.inquiries, notBefore, isDoubtful, at];
    for (let round = 0; !isDead; round += 1) {
      try {
        const { rowCount } = await database.pool.query({ name: 'record-retry', text: recordRetry, values });
        return rowCount === 1;
      } catch (thrown) {
        log('retry-not-recorded', { key: task.key, message: String(thrown) });
        await patience(round);
      }
    }
    return false;
  }

  /** Back into its lane after a while, if it is still ours. */
  async function later(entry: Held, delayMs: number, first = false): Promise<void> {
    if (!(await record(entry.task, delayMs))) {
      log('effect-lost', { key: entry.task.key });
      if (!isDead) forget(entry);
      return;
    }
    // In what was written nothing says that it is under way, so that a stop meanwhile releases it.
    entry.state = 'delayed';
    entry.lane.delayed += 1;
    entry.timer = setTimeout(() => {
      entry.lane.delayed -= 1;
      if (isDead || isStopping) return;
      entry.state = 'waiting';
      entry.lane.queue.putBack(entry.task, first);
      entry.lane.pump();
    }, delayMs);
  }

  /** Safe to send again. */
  async function retry(entry: Held, fault: FaultRecord): Promise<void> {
    const { task, lane } = entry;
    lane.counted('failed');
    if (fault.retryAfterMs !== undefined) lane.breaker.pause(now() + fault.retryAfterMs);
    const isSpent = fault.retryAfterMs === undefined && lane.breaker.failed(now());
    if (task.withdraw && task.doubtSince === undefined) return withdrawn(entry);
    if (!isSpent) return later(entry, 0, true);
    if (task.attempt >= task.effect.retry.attempts) {
      return fail(entry, task.doubtSince === undefined ? fault : inDoubt(fault.message));
    }
    task.attempt += 1;
    return later(entry, retryDelay(task.effect.retry, task.attempt - 1));
  }

  /** It may have been done: what next, by what the target can do. */
  async function doubt(entry: Held, fault: FaultRecord): Promise<void> {
    const { task, lane } = entry;
    lane.counted('failed');
    const isSpent = lane.breaker.failed(now());
    const kind = verbClass(task);
    log('effect-in-doubt', { key: task.key, class: kind, message: fault.message });
    if (kind === 'blind') return fail(entry, inDoubt(fault.message));
    if (kind === 'searchable' && !task.undoes) {
      if (typeof task.effect.ifUnsure !== 'function') return fail(entry, inDoubt(fault.message));
      task.doubtSince ??= now();
      return later(entry, task.provider?.verb(task.effect.verb).lateCommitMs ?? 0);
    }
    if (kind !== 'read') task.doubtSince ??= now();
    if (!isSpent) return later(entry, 0, true);
    if (task.attempt >= task.effect.retry.attempts)
      return fail(entry, kind === 'read' ? fault : inDoubt(fault.message));
    task.attempt += 1;
    return later(entry, retryDelay(task.effect.retry, task.attempt - 1));
  }

  function answered(entry: Held, result: Exclude<CallResult<unknown>, { kind: 'unknown' }>): Promise<void> | undefined {
    const { lane } = entry;
    if (result.kind === 'fault' && result.fault.kind === 'transient') return retry(entry, result.fault);
    lane.breaker.succeeded();
    lane.counted('sent');
    if (result.kind === 'answer') succeed(entry, result.answer);
    else if (result.fault.kind === 'business') refuse(entry, result.fault);
    else fail(entry, result.fault);
    return undefined;
  }

  async function send(entry: Held): Promise<void> {
    const { task } = entry;
    if (verbClass(task) === 'blind') {
      const marked = await database.pool.query(markSending, [task.key, owner.name, owner.epoch]);
      if (marked.rowCount !== 1) return forget(entry);
    }
    if (isDead || !needs.holdsLease()) return later(entry, 0, true);
    entry.cut = newCut();
    const result = await calls.send(task, entry.cut);
    if (isDead) return;
    return result.kind === 'unknown' ? doubt(entry, result.fault) : answered(entry, result);
  }

  /** The target does not know, or cannot be asked: once more, until it has been asked often enough. */
  async function askLater(entry: Held, because: string, isSpent: boolean): Promise<void> {
    const { task } = entry;
    if (!isSpent) return later(entry, 0, true);
    task.inquiries += 1;
    if (task.inquiries >= task.effect.retry.attempts) return fail(entry, inDoubt(because));
    return later(entry, retryDelay(task.effect.retry, task.inquiries));
  }

  async function ask(entry: Held): Promise<void> {
    const { task, lane } = entry;
    entry.cut = newCut();
    const result = await calls.ask(task, entry.cut);
    if (isDead) return;
    if (result.kind !== 'answer') {
      lane.counted('failed');
      const { fault } = result;
      const isLaneFailing = result.kind === 'unknown' || fault.kind === 'transient';
      if (fault.retryAfterMs !== undefined) lane.breaker.pause(now() + fault.retryAfterMs);
      else if (!isLaneFailing) lane.breaker.succeeded();
      const isSpent = fault.retryAfterMs === undefined && (!isLaneFailing || lane.breaker.failed(now()));
      return askLater(entry, fault.message, isSpent);
    }
    lane.breaker.succeeded();
    lane.counted('sent');
    const { answer } = result;
    if (answer.known === 'done') return succeed(entry, answer.answer);
    if (answer.known === 'unsure') return askLater(entry, 'the target is not sure', true);
    task.doubtSince = undefined;
    if (task.withdraw) return withdrawn(entry);
    if (task.attempt >= task.effect.retry.attempts) {
      const message = `it was sent ${task.attempt} times and is not there`;
      return fail(entry, { kind: 'permanent', code: 'attempts-exhausted', message });
    }
    task.attempt += 1;
    return later(entry, 0, true);
  }

  /** One turn in the lane: sends, or asks what became of it. */
  async function turn(entry: Held): Promise<void> {
    const { task } = entry;
    if (task.provider === undefined) {
      return fail(entry, { kind: 'permanent', code: 'nobody-offers', message: task.nobody });
    }
    if (task.doubtSince === undefined) return task.withdraw ? withdrawn(entry) : send(entry);
    const kind = verbClass(task);
    if (kind === 'read' || kind === 'keyed' || task.undoes)
      return kind === 'blind' ? fail(entry, inDoubt('its owner died')) : send(entry);
    if (kind === 'blind' || typeof task.effect.ifUnsure !== 'function') return fail(entry, inDoubt('its owner died'));
    const due = task.doubtSince + (task.provider.verb(task.effect.verb).lateCommitMs ?? 0);
    return now() < due ? later(entry, Math.ceil(due - now())) : ask(entry);
  }

  async function work(_: Lane, task: EffectTask): Promise<void> {
    const entry = held.get(task.key);
    if (entry === undefined || entry.task !== task) return;
    entry.state = 'calling';
    try {
      await turn(entry);
    } catch (thrown) {
      if (isDead) return;
      // Of the database, before anything was sent, or a provider that does not know its own verbs.
      log('effect-turn-failed', { key: task.key, message: String(thrown) });
      await later(entry, 1_000);
    }
  }

  /** A newer one says all that the elders would have said. */
  function withdrawElders(task: EffectTask, lane: Lane): void {
    for (const elder of [...held.values()]) {
      if (elder.task.orderKey === task.orderKey && elder.lane === lane) runner.withdraw(elder.task.key);
    }
  }

  const runner: EffectRunner = {
    add: (task) => {
      if (isDead || isStopping || held.has(task.key)) return;
      const lane = laneOf(task);
      if (task.latestWins) withdrawElders(task, lane);
      held.set(task.key, { task, lane, state: 'waiting' });
      lane.queue.add(task);
      lane.pump();
    },
    withdraw: (key) => {
      const entry = held.get(key);
      if (entry === undefined) return;
      entry.task.withdraw = true;
      if (entry.task.doubtSince !== undefined) return;
      if (entry.state === 'delayed') {
        clearTimeout(entry.timer);
        entry.lane.delayed -= 1;
        withdrawn(entry);
      } else if (entry.state === 'waiting') {
        const place = entry.lane.queue.remove(entry.task);
        if (place === 'absent') return;
        entry.state = 'settling';
        const { task } = entry;
        const data = { occurrence: task.occurrence };
        needs.bring(task, `${task.name}.withdrawn`, data, () => {
          held.delete(key);
          if (place === 'first') entry.lane.queue.release(task);
          entry.lane.pump();
        });
      }
    },
    hasRoom: (instance) => {
      const lane = lanes.get(instance);
      if (isStopping) return false;
      if (lane === undefined) return true;
      if (lane.queue.size + lane.delayed >= options.laneDepth) lane.hasBacklog = true;
      return !lane.hasBacklog;
    },
    hungryLanes: () =>
      [...lanes.values()]
        .filter((lane) => lane.hasBacklog && lane.queue.size < options.laneDepth / 2)
        .map((lane) => ({ instance: lane.instance, room: options.laneDepth - lane.queue.size })),
    noteBacklog: (instance, hasBacklog) => {
      const lane = lanes.get(instance);
      if (lane) lane.hasBacklog = hasBacklog;
    },
    keepOnly: (keys) => {
      for (const [key, entry] of [...held]) {
        if (keys.has(key) || entry.state === 'settling') continue;
        log('effect-lost', { key });
        clearTimeout(entry.timer);
        if (entry.state === 'delayed') entry.lane.delayed -= 1;
        // A call under way is cut off; if it was done, its new owner finds out.
        entry.cut?.now();
        const place = entry.lane.queue.remove(entry.task);
        held.delete(key);
        if (place !== 'behind') entry.lane.queue.release(entry.task);
      }
    },
    metrics: () => [...lanes.values()].map((lane) => lane.metrics()),
    stop: async (graceMs) => {
      isStopping = true;
      const until = now() + graceMs;
      const isUnderWay = (): boolean =>
        [...held.values()].some(({ state }) => state === 'calling' || state === 'settling');
      while (isUnderWay() && now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
      runner.kill();
      const unsent = [...held.values()].filter(({ state }) => state === 'waiting' || state === 'delayed');
      const keys = unsent.map(({ task }) => task.key);
      if (keys.length > 0) await database.pool.query(releaseEffects, [keys, owner.name, owner.epoch]);
    },
    kill: () => {
      isDead = true;
      for (const lane of lanes.values()) lane.stop();
      for (const { timer, cut } of held.values()) {
        clearTimeout(timer);
        cut?.now();
      }
    },
  };
  return runner;
}

import type { Clock, FaultRecord } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { EngineWatch } from '../../engine-watch.ts';
import type { Owner } from '../commit/batch-values.ts';
import type { LaneMetrics, Log } from '../engine.ts';
import type { CrashAt } from '../engine-options.ts';
import type { Lane } from '../lanes/lane.ts';
import { createLaneDirectory, type LaneDirectory } from '../lanes/lane-directory.ts';
import type { LaneExchange } from '../lanes/lane-exchange.ts';
import { createEffectCalls } from './effect-calls.ts';
import { createEffectRecords } from './effect-records.ts';
import type { EffectTask } from './effect-task.ts';
import { createEffectTurn } from './effect-turn.ts';
import { type HeldEffect, mayHaveLeft } from './held-effect.ts';

/** Works on the effects that this node owns, each lane at its own pace. */
export interface EffectRunner {
  add(task: EffectTask): void;
  /** Withdraws what was not sent; anything else comes back with its outcome. */
  withdraw(key: string): void;
  readonly lanes: Pick<LaneDirectory, 'hasRoom' | 'hungry' | 'noteWaiting' | 'noteTaken'>;
  /** Whether it is in our hands. */
  holds(key: string): boolean;
  /** All that is in our hands. */
  keys(): readonly string[];
  /** Of `among`, drops what is not one of these keys any more: others own it. */
  keepOnly(keys: ReadonlySet<string>, among: readonly string[]): void;
  /** Looks whether anything may go: after the lease came back nobody else would. */
  pump(): void;
  metrics(): readonly LaneMetrics[];
  /** Sends nothing more and waits for what is under way, at most so long. */
  quiesce(graceMs: number): Promise<void>;
  /** After that: gives back what was not sent. */
  release(): Promise<void>;
  kill(): void;
}

export interface RunnerNeeds {
  readonly database: Database;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly log: Log;
  readonly exchange: Pick<LaneExchange, 'join'>;
  /** Whether our lease stands, in the turn that sends. */
  readonly holdsLease: () => boolean;
  /** Whether a time that the database has lost may have done it. */
  readonly mayBeDone?: (task: EffectTask) => boolean | Promise<boolean>;
  readonly watch?: EngineWatch;
  /** Brings an outcome to its run; `settled` is called when it is written. */
  readonly bring: (task: EffectTask, type: string, data: unknown, settled: () => void) => void;
}

export interface RunnerOptions {
  readonly laneDepth: number;
  readonly breaker: { readonly threshold: number; readonly coolMs: number };
  readonly crashAt: CrashAt;
}

/** What a lane does after a turn that failed before anything was sent, ms. */
const pauseAfterDefectMs = 1_000;

export function createEffectRunner(needs: RunnerNeeds, options: RunnerOptions): EffectRunner {
  const { log } = needs;
  const held = new Map<string, HeldEffect>();
  /** Held effects of which a newer one replaces those that were not sent, by order key. */
  const replaceable = new Map<string, Set<HeldEffect>>();
  let isStopping = false;
  let isDead = false;
  const now = (): number => performance.now();
  const records = createEffectRecords({ ...needs, isDead: () => isDead });
  const lanes = createLaneDirectory(
    {
      now,
      isOpen: () => !isStopping && !isDead && needs.holdsLease(),
      work,
      breaker: options.breaker,
      exchange: needs.exchange,
    },
    { depth: options.laneDepth },
  );
  const turn = createEffectTurn({
    calls: createEffectCalls(options.crashAt, needs.watch),
    records,
    log,
    isDead: () => isDead,
    holdsLease: needs.holdsLease,
    ...(needs.mayBeDone ? { mayBeDone: needs.mayBeDone } : {}),
    settle: (entry, outcome, data) => settle(entry, outcome, data, () => forget(entry)),
    later,
    forget,
  });

  function hold(entry: HeldEffect): void {
    const { key, orderKey, latestWins } = entry.task;
    held.set(key, entry);
    if (!latestWins) return;
    const others = replaceable.get(orderKey);
    if (others) others.add(entry);
    else replaceable.set(orderKey, new Set([entry]));
  }

  function drop(entry: HeldEffect): void {
    const { key, orderKey } = entry.task;
    held.delete(key);
    const others = replaceable.get(orderKey);
    if (others?.delete(entry) && others.size === 0) replaceable.delete(orderKey);
  }

  function forget(entry: HeldEffect): void {
    const { task, lane } = entry;
    if (held.get(task.key) !== entry) return;
    drop(entry);
    lane.queue.release(task);
    lane.pump();
  }

  function settle(
    entry: HeldEffect,
    outcome: string,
    data: { readonly fault?: FaultRecord },
    settled: () => void,
  ): void {
    const { task } = entry;
    entry.state = 'settling';
    needs.bring(task, `${task.name}.${outcome}`, { occurrence: task.occurrence, ...data }, () => {
      needs.watch?.settled?.(task, outcome, data.fault);
      options.crashAt('after-settle', { effect: task.name, key: task.key });
      settled();
    });
  }

  /** Back into its lane after a while, if it is still ours. */
  async function later(entry: HeldEffect, delayMs: number, first = false): Promise<void> {
    if (!(await records.retry(entry.task, delayMs))) {
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
      await later(entry, pauseAfterDefectMs);
    }
  }

  /** A newer one says all that the elders would have said. */
  function withdrawElders(task: EffectTask, lane: Lane): void {
    for (const elder of [...(replaceable.get(task.orderKey) ?? [])]) {
      if (elder.lane === lane) runner.withdraw(elder.task.key);
    }
  }

  const runner: EffectRunner = {
    add: (task) => {
      if (isDead || held.has(task.key)) return;
      const lane = lanes.of(task);
      if (task.latestWins) withdrawElders(task, lane);
      hold({ task, lane, state: 'waiting' });
      lane.queue.add(task);
      lane.pump();
    },
    withdraw: (key) => {
      const entry = held.get(key);
      if (entry === undefined) return;
      entry.task.withdraw = true;
      // Its turn finds out what became of it, or what it left.
      if (entry.task.doubtSince !== undefined || mayHaveLeft(entry.task)) return;
      if (entry.state === 'delayed') {
        clearTimeout(entry.timer);
        entry.lane.delayed -= 1;
        settle(entry, 'withdrawn', {}, () => forget(entry));
      } else if (entry.state === 'waiting') {
        const place = entry.lane.queue.remove(entry.task);
        if (place === 'absent') return;
        // One that never was the first of its order key holds it not.
        settle(entry, 'withdrawn', {}, () => {
          drop(entry);
          if (place === 'first') entry.lane.queue.release(entry.task);
          entry.lane.pump();
        });
      }
    },
    lanes: { ...lanes, hasRoom: (instance, priority) => !isStopping && lanes.hasRoom(instance, priority) },
    holds: (key) => held.has(key),
    keys: () => [...held.keys()],
    keepOnly: (keys, among) => {
      for (const key of among) {
        const entry = held.get(key);
        if (entry === undefined || keys.has(key) || entry.state === 'settling') continue;
        log('effect-lost', { key });
        clearTimeout(entry.timer);
        if (entry.state === 'delayed') entry.lane.delayed -= 1;
        // A call under way is cut off; if it was done, its new owner finds out.
        entry.cut?.now();
        const place = entry.lane.queue.remove(entry.task);
        drop(entry);
        if (place !== 'behind') entry.lane.queue.release(entry.task);
      }
    },
    pump: () => {
      for (const lane of lanes.all()) lane.pump();
    },
    metrics: () => lanes.all().map((lane) => lane.metrics()),
    quiesce: async (graceMs) => {
      isStopping = true;
      const until = now() + graceMs;
      const isUnderWay = (): boolean =>
        [...held.values()].some(({ state }) => state === 'calling' || state === 'settling');
      while (isUnderWay() && now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    release: async () => {
      runner.kill();
      const unsent = [...held.values()].filter(({ state }) => state === 'waiting' || state === 'delayed');
      const keys = unsent.map(({ task }) => task.key);
      await records.release(keys);
    },
    kill: () => {
      isDead = true;
      for (const lane of lanes.all()) lane.stop();
      for (const { timer, cut } of held.values()) {
        clearTimeout(timer);
        cut?.now();
      }
    },
  };
  return runner;
}

import { type Clock, systemClock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Flow } from '../flow.ts';
import { createActorDirectory } from './actor-directory.ts';
import { createBusinessCalendar } from './business-calendar.ts';
import { checkMessage, checkStart } from './check-incoming.ts';
import type { InboxRow } from './commit-unit.ts';
import { createCommitter } from './committer.ts';
import { createEffectRunner } from './effect-runner.ts';
import type { Engine, Log, Providers } from './engine.ts';
import type { CommitCounts, EngineOptions } from './engine-options.ts';
import { createFlowRegistry, registerFlows } from './flow-registry.ts';
import type { HotRun } from './hot-run.ts';
import { createInboxSweeper } from './inbox-sweeper.ts';
import { incomingMail, mailOf } from './incoming-mail.ts';
import { createMailHandler } from './mail-handler.ts';
import { beginNodeLife } from './node-life.ts';
import type { Plan } from './plan-advance.ts';
import { post, type RunActor } from './run-actor.ts';
import { createRunCounts } from './run-counts.ts';
import { createRunReader } from './run-reader.ts';
import { runView } from './run-view.ts';
import { ownedKeys } from './sql/effects.ts';
import { makePartitions } from './sql/partitions.ts';
import { createTakeover } from './takeover.ts';
import { createTimers } from './timers.ts';
import { tellWaiters, waitForRun } from './wait-for-run.ts';

export interface EngineNeeds {
  readonly database: Database;
  /** Several versions of a flow may stand side by side: new runs get the newest. */
  readonly flows: readonly Flow[];
  readonly providers: Providers;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Called after a commit that told facts: readers may look. */
  readonly onFacts?: () => void;
}

const defaultLeaseMs = 15_000;
/**
 * Starts a node of the engine on a migrated database and takes up what its earlier life left. Throws when a flow changed under the
 * same version, or the database cannot be reached.
 *
 * ```ts
 * const engine = await createEngine({ database, flows: [orderToCash], providers });
 * await engine.start({ flow: 'order-to-cash', key: '100001', input: order, source: 'api:shop' });
 * const run = await engine.waitFor('order-to-cash', '100001', ({ phase }) => phase === 'ended', 10_000);
 * ```
 */
export async function createEngine(needs: EngineNeeds, options: EngineOptions = {}): Promise<Engine> {
  const { database, providers, clock = systemClock, log = () => undefined, onFacts = () => undefined } = needs;
  const crashAt = options.crashAt ?? (() => undefined);
  const flows = createFlowRegistry(needs.flows);
  await database.pool.query(makePartitions);
  await registerFlows(database, flows.all);
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const life = await beginNodeLife({ database, log }, { name: options.node ?? 'node-1', leaseMs });
  const owner = { name: life.name, epoch: life.epoch };
  let isDead = false;
  let isStopping = false;
  const counts: CommitCounts = {
    batches: 0,
    advances: 0,
    lostRaces: 0,
    repeated: 0,
    unwritable: 0,
    recovered: 0,
    waiting: 0,
  };
  const committer = createCommitter(
    { database, owner, log },
    {
      width: options.commitWidth ?? 2,
      batchCount: options.batchCount ?? 128,
      batchBytes: options.batchBytes ?? 256 * 1024,
      crashAt,
      counts,
    },
  );
  const actors = createActorDirectory(options.hotRuns ?? 5_000);
  const reader = createRunReader(database, flows);
  const runCounts = createRunCounts(database);
  const runner = createEffectRunner(
    {
      database,
      owner,
      clock,
      log,
      holdsLease: life.holdsLease,
      bring: (task, type, data, settled) =>
        post(actors.of(task.flow.name, task.runKey), { kind: 'outcome', task, type, data, settled }, handle),
    },
    {
      laneDepth: options.laneDepth ?? 5_000,
      breaker: { threshold: options.breakerThreshold ?? 5, coolMs: options.breakerCoolMs ?? 1_000 },
      crashAt,
    },
  );
  const timers = createTimers(
    { database, clock, log, ring: (flow, key) => post(actors.of(flow, key), { kind: 'timer' }, handle) },
    { tickMs: options.timerTickMs ?? 200 },
  );

  /** A row of the inbox to its run, if this node knows the flow. */
  function handOn(row: InboxRow): void {
    if (isDead || !flows.has(row.flow)) return;
    crashAt('before-delivery', { flow: row.flow, key: row.key });
    post(actors.of(row.flow, row.key), mailOf(row, log), handle);
  }

  function committed(actor: RunActor, before: HotRun | undefined, plan: Plan, waiting: readonly InboxRow[]): void {
    const { unit, next, tasks } = plan;
    runCounts.moved(before, next);
    for (const key of unit.withdraw) runner.withdraw(key);
    for (const task of tasks) runner.add(task);
    if (typeof unit.timer === 'object') timers.arm(unit.runId, unit.flow, unit.key, unit.timer.at);
    for (const row of unit.outbox) handOn(row);
    for (const row of waiting) handOn(row);
    if (unit.facts.length > 0) onFacts();
    if (actor.waiters.size > 0) tellWaiters(actor.waiters, runView(next));
    if (next.state.phase === 'ended') actors.retire(actor);
  }

  const handle = createMailHandler({
    database,
    flows,
    committer,
    clock,
    log,
    providers,
    calendar: options.calendar ?? createBusinessCalendar(),
    hasRoom: runner.lanes.hasRoom,
    isDead: () => isDead,
    committed,
  });
  const takeover = createTakeover({ database, owner, flows, providers, runner, log });
  const sweeper = createInboxSweeper({ database, log, handOn }, { everyMs: options.sweepMs ?? 5_000 });

  const keepWhatIsOurs = async (): Promise<void> => {
    const { rows } = await database.pool.query<{ key: string }>(ownedKeys, [owner.name, owner.epoch]);
    runner.keepOnly(new Set(rows.map(({ key }) => key)));
  };

  life.start({
    onDeath: async (name, epoch) => {
      await takeover.fromDead(name, epoch);
      await sweeper.sweep();
    },
    onRevival: keepWhatIsOurs,
  });
  await runCounts.load();
  await takeover.fromDead(owner.name, owner.epoch - 1);
  await takeover.unowned(true);
  await timers.start();
  await sweeper.sweep();
  sweeper.start();
  const hunger = setInterval(() => {
    runner.pump();
    takeover.unowned().catch((thrown: unknown) => log('backlog-not-read', { message: String(thrown) }));
  }, 250);
  const partitions = setInterval(() => {
    database.pool
      .query(makePartitions)
      .catch((thrown: unknown) => log('partitions-failed', { message: String(thrown) }));
  }, 6 * 3_600_000);

  function rest(): void {
    life.stop();
    timers.stop();
    sweeper.stop();
    clearInterval(hunger);
    clearInterval(partitions);
  }

  const refuseWhenStopping = (): void => {
    if (isStopping || isDead) throw new Error('this node is stopping: send it to another, or again later');
  };

  return {
    start: async (start) => {
      refuseWhenStopping();
      checkStart(flows, start);
      const actor = actors.of(start.flow, start.key);
      return new Promise((resolve, reject) => post(actor, { kind: 'start', start, resolve, reject }, handle));
    },
    deliver: async (messages) => {
      refuseWhenStopping();
      for (const message of messages) checkMessage(flows, message);
      const at = clock.now();
      await Promise.all(
        messages.map(
          (message) =>
            new Promise<void>((resolve, reject) => {
              const mail = incomingMail(message, at, { resolve, reject });
              post(actors.of(message.flow, message.key), mail, handle);
            }),
        ),
      );
    },
    waitFor: (flow, key, until, timeoutMs) =>
      waitForRun(actors.of(flow, key), () => reader.view(flow, key), until, timeoutMs),
    view: reader.view,
    journal: reader.journal,
    verify: reader.verify,
    parked: (limit = 100) => reader.parked(limit),
    metrics: () => ({
      runs: runCounts.read(),
      lanes: runner.metrics(),
      commits: { ...counts },
      hotRuns: actors.size,
      timersArmed: timers.armed,
    }),
    stop: async () => {
      if (isStopping || isDead) return;
      isStopping = true;
      rest();
      await runner.quiesce(options.graceMs ?? 10_000);
      while (actors.isBusy()) await new Promise((resolve) => setTimeout(resolve, 5));
      await committer.drained();
      await runner.release();
      isDead = true;
      committer.stop();
    },
    kill: () => {
      isDead = true;
      rest();
      runner.kill();
      committer.kill();
    },
  };
}

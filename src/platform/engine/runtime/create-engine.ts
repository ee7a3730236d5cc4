import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, Fault, type Instant, systemClock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Advanced } from '../advanced.ts';
import type { EngineWatch } from '../engine-watch.ts';
import type { Flow } from '../flow.ts';
import { createAuditAnchors } from './audit/audit-anchors.ts';
import { createBusinessCalendar } from './calendar/business-calendar.ts';
import type { InboxRow } from './commit/commit-unit.ts';
import { createCommitter } from './commit/committer.ts';
import { inTime, notWritten, refuseWhenBehindMs, refuseWhenStuckMs, tooMuch } from './commit/write-patience.ts';
import { createEffectRunner } from './effects/effect-runner.ts';
import type { Engine, Log, Providers, Started } from './engine.ts';
import type { CommitCounts, EngineOptions } from './engine-options.ts';
import { createLaneDesk } from './lanes/lane-desk.ts';
import { createLaneExchange } from './lanes/lane-exchange.ts';
import type { LaneBudget, LaneEvent } from './lanes/lane-status.ts';
import { checkMessage, checkStart } from './mail/check-incoming.ts';
import { createInboxSweeper } from './mail/inbox-sweeper.ts';
import { incomingMail, mailOf } from './mail/incoming-mail.ts';
import { createMailHandler } from './mail/mail-handler.ts';
import { openDatabaseHistory } from './nodes/database-history.ts';
import type { Loss } from './nodes/lost-window.ts';
import { makePartitions } from './nodes/make-partitions.ts';
import { beginNodeLife, versionName } from './nodes/node-life.ts';
import { createTwoClocks } from './nodes/two-clocks.ts';
import { createActorDirectory } from './runs/actor-directory.ts';
import type { HotRun } from './runs/hot-run.ts';
import { advancedOf, type Plan } from './runs/plan-advance.ts';
import { post, type RunActor } from './runs/run-actor.ts';
import { createRunCounts } from './runs/run-counts.ts';
import { createRunReader } from './runs/run-reader.ts';
import { runView } from './runs/run-view.ts';
import type { Written } from './runs/run-writer.ts';
import { tellWaiters, waitForRun } from './runs/wait-for-run.ts';
import { createForgottenEffects } from './takeover/forgotten-effects.ts';
import { createOurEffects } from './takeover/our-effects.ts';
import { createEffectReclaim } from './takeover/reclaim-effects.ts';
import { createTakeover } from './takeover/takeover.ts';
import { createTimers } from './timers/timers.ts';
import { createFlowRegistry } from './versions/flow-registry.ts';
import { registerFlows } from './versions/register-flows.ts';
import { createRunMigrations } from './versions/run-migrations.ts';

export interface EngineNeeds {
  readonly database: Database;
  /** Several versions of a flow may stand side by side: new runs get the newest. */
  readonly flows: readonly Flow[];
  readonly providers: Providers;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Called after a commit that told facts: readers may look. */
  readonly onFacts?: () => void;
  /** Called for each advance that is written for good, on the node that wrote it. Must not throw, and should only take note. */
  readonly onAdvanced?: (advanced: Advanced) => void;
  /** Lanes that are to be known before they have had work: then they can be seen and paused. */
  readonly lanes?: readonly { readonly instance: string; readonly lane: LaneBudget }[];
  /** Called when a lane's breaker opens or closes, or somebody pauses or resumes it: once for the installation, on one node. */
  readonly onLane?: (event: LaneEvent) => void;
  /** Told of calls, outcomes and commits, for figures and traces. */
  readonly watch?: EngineWatch;
  /** Called once when another process has begun a life under this node's name: this one has ended as a crash would. */
  readonly onReplaced?: () => void;
  /** A second opinion on the time, e.g. the database's: one clock that jumps then rings no deadline early. Default: `clock` is believed. */
  readonly otherClock?: () => Promise<Instant>;
  /** The database was restored or failed over: called before anything is sent, and again if the start fails after it. */
  readonly onLoss?: (loss: Loss) => Promise<void>;
  /** It went back under this running node, which has ended as a crash would: start it anew. */
  readonly onDatabaseReplaced?: (because: string) => void;
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
  await makePartitions(database);
  const leaseMs = options.leaseMs ?? defaultLeaseMs;
  const node = options.node ?? 'node-1';
  const clocks = createTwoClocks({ own: clock, log, ...(needs.otherClock ? { other: needs.otherClock } : {}) });
  await clocks.refresh();
  const history = await openDatabaseHistory(
    {
      database,
      clock,
      log,
      ...(needs.onLoss ? { onLoss: needs.onLoss } : {}),
      onReplaced: (because) => {
        kill();
        needs.onDatabaseReplaced?.(because);
      },
    },
    { node, everyMs: options.watchMs ?? 3_000, ...(options.history ?? {}) },
  );
  await registerFlows({ database, flows, log }, { allowStranded: options.allowStranded ?? false, leaseMs });
  const versions = flows.all.map(({ name, version }) => versionName(name, version));
  const life = await beginNodeLife({ database, log }, { name: node, leaseMs, versions });
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
    { database, owner, log, check: history.check, committed: needs.watch?.committed },
    {
      width: options.commitWidth ?? 2,
      batchCount: options.batchCount ?? 128,
      batchBytes: options.batchBytes ?? 256 * 1024,
      crashAt,
      counts,
    },
  );
  const actors = createActorDirectory(options.hotRuns ?? 5_000);
  const reader = createRunReader(database);
  const anchors = createAuditAnchors({ database, owner, log }, { everyMs: options.anchorMs ?? 60_000 });
  const runCounts = createRunCounts(database, log);
  const declared = needs.lanes ?? [];
  const onLane = (event: LaneEvent): void => {
    log('lane-changed', { ...event });
    needs.onLane?.(event);
  };
  const exchange = createLaneExchange(
    {
      database,
      owner,
      clock,
      log,
      onLane,
      onWaiting: (lanes) => {
        for (const [lane, floor] of lanes) runner.lanes.noteWaiting(lane, floor);
      },
    },
    { leaseMs },
  );
  const desk = createLaneDesk({
    database,
    clock,
    budgetOf: (lane) => declared.find(({ instance }) => instance === lane)?.lane ?? exchange.budgetOf(lane),
    changed: () => {
      exchange.readAgain();
      exchange.notify();
    },
    onLane,
  });
  const runner = createEffectRunner(
    {
      database,
      owner,
      clock,
      log,
      exchange,
      holdsLease: () => life.holdsLease() && !history.isReplaced(),
      mayBeDone: history.mayBeDone,
      ...(needs.watch ? { watch: needs.watch } : {}),
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
    {
      database,
      clock: clocks.due,
      log,
      ring: (flow, key) => new Promise((rung) => post(actors.of(flow, key), { kind: 'timer', rung }, handle)),
    },
    { tickMs: options.timerTickMs ?? 200 },
  );

  /** A row of the inbox to its run, if this node knows the flow and has it not in hand already: sweeps offer it until it is written. */
  function handOn(row: InboxRow): void {
    if (isDead || !flows.has(row.flow)) return;
    const actor = actors.of(row.flow, row.key);
    if (actor.inHand.has(row.hash)) return;
    crashAt('before-delivery', { flow: row.flow, key: row.key });
    post(actor, mailOf(row, log), handle);
  }

  const ours = createOurEffects({ database, owner, runner, revivals: life.revivals, log, isDead: () => isDead });

  function committed(actor: RunActor, before: HotRun | undefined, plan: Plan, written: Written): void {
    const { unit, next, tasks } = plan;
    runCounts.moved(before, next);
    if (unit.entries !== null) anchors.note({ runId: next.id, version: next.version, chain: next.chain });
    if (unit.flowVersion !== undefined) reclaim.soon();
    for (const key of unit.withdraw) runner.withdraw(key);
    ours.add(tasks, written.since);
    if (typeof unit.timer === 'object') timers.arm(unit.runId, unit.flow, unit.key, unit.timer.at);
    for (const row of unit.outbox) handOn(row);
    for (const row of written.waiting) handOn(row);
    if (unit.facts.length > 0) onFacts();
    needs.onAdvanced?.(advancedOf(plan));
    if (actor.waiters.size > 0) tellWaiters(actor.waiters, runView(next));
    if (next.state.phase === 'ended') actors.retire(actor);
  }

  const handle = createMailHandler({
    database,
    flows,
    committer,
    owner,
    clock: clocks.stamp,
    due: clocks.due,
    peersKnow: life.peersKnow,
    revivals: life.revivals,
    log,
    providers,
    calendar: options.calendar ?? createBusinessCalendar(),
    hasRoom: runner.lanes.hasRoom,
    holds: runner.holds,
    isDead: () => isDead,
    committed,
  });
  const takeover = createTakeover({ database, owner, flows, providers, runner, ours, life, log });
  const sweeper = createInboxSweeper({ database, log, handOn }, { everyMs: options.sweepMs ?? 5_000 });
  const forgotten = createForgottenEffects(
    { database, owner, runner, takeover, log },
    { everyMs: Math.max(10 * leaseMs, 10 * (options.sweepMs ?? 5_000)) },
  );

  const reclaim = createEffectReclaim({ life, takeover, log, isDead: () => isDead });
  const migrations = createRunMigrations(
    {
      database,
      flows,
      log,
      peersKnow: life.peersKnow,
      migrate: (flow, key) =>
        new Promise((settled) => post(actors.of(flow, key), { kind: 'migrate', settled }, handle)),
    },
    { everyMs: options.migrateMs ?? 30_000 },
  );

  life.start({
    onDeath: async (dead) => {
      await takeover.fromDead(dead);
      await sweeper.sweep();
      await timers.lookAgain();
    },
    onRevival: ours.keep,
    onReplaced: () => {
      kill();
      needs.onReplaced?.();
    },
  });
  runCounts.start();
  await exchange.declare(declared);
  await takeover.fromDead({ ...owner, epoch: owner.epoch - 1, beat: '0' });
  await takeover.unowned(true);
  await timers.start();
  await sweeper.sweep();
  sweeper.start();
  forgotten.start();
  exchange.start();
  migrations.start();
  anchors.start();
  history.start();
  clocks.start();
  const hunger = setInterval(() => {
    runner.pump();
    takeover.unowned().catch((thrown: unknown) => log('backlog-not-read', { message: String(thrown) }));
  }, 250);
  const partitions = setInterval(() => {
    makePartitions(database).catch((thrown: unknown) => log('partitions-failed', { message: String(thrown) }));
  }, 6 * 3_600_000);

  function rest(): void {
    runCounts.stop();
    timers.stop();
    sweeper.stop();
    forgotten.stop();
    migrations.stop();
    clocks.stop();
    reclaim.stop();
    clearInterval(hunger);
    clearInterval(partitions);
  }

  function kill(): void {
    isDead = true;
    anchors.kill();
    history.kill();
    life.stop();
    rest();
    runner.kill();
    exchange.kill();
    committer.kill();
  }

  const refuseWhenStopping = (): void => {
    if (isStopping || isDead) {
      const message = 'this node is stopping: send it to another, or again later';
      throw new Fault('transient', { code: 'node-stopping', message });
    }
    if (committer.stuckMs() > refuseWhenStuckMs) throw notWritten();
  };

  return {
    start: async (start) => {
      refuseWhenStopping();
      if (committer.stuckMs() === 0 && committer.beginsAfterMs() > refuseWhenBehindMs) throw tooMuch();
      checkStart(flows, start);
      needs.watch?.entering?.(start.flow, start.key);
      const actor = actors.of(start.flow, start.key);
      const begun = await inTime(
        new Promise<Started>((resolve, reject) => post(actor, { kind: 'start', start, resolve, reject }, handle)),
      );
      if (begun.outcome === 'started') history.started(start, begun.key);
      return begun;
    },
    deliver: async (messages) => {
      refuseWhenStopping();
      for (const message of messages) checkMessage(flows, message);
      const at = clock.now();
      await inTime(
        Promise.all(
          messages.map(
            (message) =>
              new Promise<void>((resolve, reject) => {
                const cause = message.traceparent ?? needs.watch?.entering?.(message.flow, message.key);
                const mail = incomingMail(message, at, { resolve, reject }, cause);
                post(actors.of(message.flow, message.key), mail, handle);
              }),
          ),
        ),
      );
    },
    waitFor: (flow, key, until, timeoutMs) =>
      waitForRun(actors.of(flow, key), () => reader.view(flow, key), until, timeoutMs),
    view: reader.view,
    journal: reader.journal,
    verify: reader.verify,
    parked: (limit = 100) => reader.parked(limit),
    recalled: history.recalled,
    ...desk,
    health: () => ({
      node: owner.name,
      isReplaced: life.isReplaced(),
      holdsLease: life.holdsLease(),
      stuckMs: committer.stuckMs(),
    }),
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
      const graceMs = options.graceMs ?? 10_000;
      await runner.quiesce(graceMs);
      const until = performance.now() + graceMs;
      const left = (): number => Math.max(0, until - performance.now());
      while (actors.isBusy() && left() > 0) await wait(5);
      if (
        actors.isBusy() ||
        !(await Promise.race([committer.drained().then(() => true), wait(left(), false, { ref: false })]))
      ) {
        // The database is away, or does not answer: whoever takes over finds what is written, as after a crash.
        log('stopped-with-work-left', { stuckMs: Math.round(committer.stuckMs()) });
        kill();
        return;
      }
      await runner.release();
      await exchange.leave();
      isDead = true;
      committer.stop();
      await anchors.stop();
      await history.stop();
      await life.end();
    },
    kill,
  };
}

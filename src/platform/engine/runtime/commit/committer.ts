import { setTimeout as wait } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Database } from '#platform/storage';
import type { Log } from '../engine.ts';
import type { CommitCounts, CrashAt } from '../engine-options.ts';
import { commitStatement } from '../sql/commit-statement.ts';
import { batchValues, type Owner, shapeOf } from './batch-values.ts';
import { type CommitConnection, openCommitConnection } from './commit-connection.ts';
import type { CommitOutcome, CommitUnit, InboxRow, Verdict } from './commit-unit.ts';
import { recoverLostCommit } from './lost-commit.ts';
import { isLostRace, statementFailure } from './sql-state.ts';

/** A value of this advance can never be written. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

export interface Committer {
  /** Resolves when the batch that carries it is durable (or has lost). Throws `Unwritable`; never resolves after `kill`. */
  commit(unit: CommitUnit): Promise<CommitOutcome>;
  /** Resolves when nothing is waiting or under way. */
  drained(): Promise<void>;
  /** For how long nothing could be written, ms; 0 while writing goes well. */
  stuckMs(): number;
  /** For how long the one that waits longest of those that come from outside and are to begin has waited, ms. */
  beginsAfterMs(): number;
  stop(): void;
  kill(): void;
}

export interface CommitterOptions {
  /** Batches under way at once. */
  readonly width: number;
  readonly batchCount: number;
  readonly batchBytes: number;
  readonly crashAt: CrashAt;
  readonly counts: CommitCounts;
}

interface Waiting {
  readonly unit: CommitUnit;
  readonly since: number;
  readonly resolve: (outcome: CommitOutcome) => void;
  readonly reject: (reason: Error) => void;
}

const verdicts: readonly Verdict[] = ['lost', 'won', 'repeated', 'stale', 'exists', 'behind'];

/** Gathers the advances of many runs and writes each batch with one statement. */
export function createCommitter(
  needs: {
    readonly database: Database;
    readonly owner: Owner;
    readonly log: Log;
    /** A batch is durable, after so many ms. */
    readonly committed?: ((milliseconds: number, advances: number) => void) | undefined;
    /** Before a new connection writes. */
    readonly check?: (on: ClientBase) => Promise<void>;
  },
  options: CommitterOptions,
): Committer {
  const { database, owner, log, check = async () => undefined } = needs;
  const { counts } = options;
  /** What is under way goes before what comes from outside and is to begin: when both cannot be done, nothing is left half done. */
  let going: Waiting[] = [];
  let coming: Waiting[] = [];
  let underWay = 0;
  let isScheduled = false;
  let isDead = false;
  let stuckSince: number | undefined;
  const idle: CommitConnection[] = [];
  const open = new Set<CommitConnection>();
  let drains: (() => void)[] = [];

  const waits = (): number => going.length + coming.length;

  function take(): Waiting[] {
    const batch: Waiting[] = [];
    let bytes = 0;
    const isFull = ({ unit }: Waiting): boolean =>
      batch.length > 0 && (batch.length >= options.batchCount || bytes + unit.bytes > options.batchBytes);
    /** Answers what is left. */
    const takeOf = (queue: Waiting[]): Waiting[] => {
      const from = batch.length;
      for (const next of queue) {
        if (isFull(next)) break;
        batch.push(next);
        bytes += next.unit.bytes;
      }
      return queue.slice(batch.length - from);
    };
    going = takeOf(going);
    coming = takeOf(coming);
    return batch;
  }

  async function connection(): Promise<CommitConnection> {
    for (let delay = 20; ; delay = Math.min(delay * 2, 1_000)) {
      const kept = idle.pop();
      if (kept) return kept;
      try {
        const opened = await openCommitConnection(database, owner, check);
        if (isDead) {
          opened.end();
          throw new Error('the node is dead');
        }
        open.add(opened);
        return opened;
      } catch (thrown) {
        log('commit-connection-failed', { message: String(thrown) });
        if (isDead) throw thrown;
        stuckSince ??= performance.now();
        await wait(delay, undefined, { ref: false });
      }
    }
  }

  function drop(connection: CommitConnection): void {
    open.delete(connection);
    connection.end();
  }

  function settle(batch: readonly Waiting[], text: string, waiting: readonly InboxRow[]): void {
    counts.batches += 1;
    for (const [index, { unit, resolve }] of batch.entries()) {
      const verdict = verdicts[Number(text.charAt(index))] ?? 'lost';
      if (verdict === 'won') counts.advances += 1;
      else if (verdict === 'repeated') counts.repeated += 1;
      else if (verdict === 'lost') counts.lostRaces += 1;
      const early = unit.begins ? waiting.filter((row) => row.flow === unit.flow && row.key === unit.key) : [];
      resolve({ verdict, waiting: early });
    }
  }

  /** Sends the batch; what is decided is resolved. Answers what is to be sent again. */
  async function send(batch: readonly Waiting[], on: CommitConnection): Promise<readonly Waiting[]> {
    const units = batch.map(({ unit }) => unit);
    const shape = shapeOf(units);
    const statement = commitStatement(shape);
    const values = batchValues(units, owner, shape);
    const from = performance.now();
    const { rows } = await on.client.query<{ verdicts: string; waiting: InboxRow[] | null }>({
      name: statement.name,
      text: statement.text,
      values: statement.parameters.map((parameter) => values[parameter]),
    });
    if (isDead) return [];
    needs.committed?.(performance.now() - from, batch.length);
    options.crashAt('after-batch', { size: batch.length });
    settle(batch, rows[0]?.verdicts ?? '', rows[0]?.waiting ?? []);
    return [];
  }

  /** Writes the batch, halving it around values that cannot be written, and finding out what a lost connection did. */
  async function write(batch: readonly Waiting[]): Promise<void> {
    let left = batch;
    for (let delay = 5; left.length > 0 && !isDead; ) {
      const on = await connection();
      try {
        left = await send(left, on);
        stuckSince = undefined;
        idle.push(on);
      } catch (thrown) {
        if (isDead) return;
        const failure = statementFailure(thrown);
        if (failure !== 'data') stuckSince ??= performance.now();
        if (failure === 'unknown') {
          drop(on);
          log('commit-answer-lost', { message: String(thrown), advances: left.length });
          left = await afterLostAnswer(left, on.processId);
          continue;
        }
        // A server that refuses for a reason of its own may be the wrong one by now: a full disk, a standby after a failover.
        if (failure === 'again' && !isLostRace(thrown)) drop(on);
        else idle.push(on);
        if (failure === 'again') {
          log('commit-again', { message: String(thrown), advances: left.length });
          await wait(delay + Math.random() * delay, undefined, { ref: false });
          delay = Math.min(delay * 2, 1_000);
        } else if (left.length === 1) {
          counts.unwritable += 1;
          left[0]?.reject(new Unwritable(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown }));
          return;
        } else {
          const middle = Math.ceil(left.length / 2);
          await write(left.slice(0, middle));
          left = left.slice(middle);
        }
      }
    }
  }

  async function afterLostAnswer(batch: readonly Waiting[], processId: number): Promise<readonly Waiting[]> {
    const written = await recoverLostCommit(
      { database, log, isDead: () => isDead },
      batch.map(({ unit }) => unit),
      processId,
    );
    const won = batch.filter(({ unit }) => written.has(unit.advanceId));
    counts.recovered += won.length;
    counts.advances += won.length;
    // What came before a run that began in this batch is found by the sweeper.
    for (const { resolve } of won) resolve({ verdict: 'won', waiting: [] });
    return batch.filter(({ unit }) => !written.has(unit.advanceId));
  }

  async function run(): Promise<void> {
    underWay += 1;
    try {
      while (waits() > 0 && !isDead) {
        const taken = take();
        // Starts stand first: the statement tells them by their number.
        const batch = [...taken.filter(({ unit }) => unit.begins), ...taken.filter(({ unit }) => !unit.begins)];
        options.crashAt('before-batch', { size: batch.length });
        await write(batch);
      }
    } catch (thrown) {
      if (!isDead) throw thrown;
    } finally {
      underWay -= 1;
      if (underWay === 0 && waits() === 0) {
        for (const drained of drains) drained();
        drains = [];
      }
    }
  }

  /** At the end of this turn of the event loop, so that all its advances travel together. */
  function schedule(): void {
    if (isScheduled || isDead) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      if (waits() > 0 && underWay < options.width) void run();
    });
  }

  return {
    commit: (unit) =>
      new Promise((resolve, reject) => {
        if (isDead) return;
        const isFromOutside = unit.begins !== undefined && unit.consumed === null;
        (isFromOutside ? coming : going).push({ unit, since: performance.now(), resolve, reject });
        counts.waiting = waits();
        schedule();
      }),
    drained: () =>
      underWay === 0 && waits() === 0 ? Promise.resolve() : new Promise((resolve) => drains.push(resolve)),
    beginsAfterMs: () => (coming[0] === undefined ? 0 : performance.now() - coming[0].since),
    stuckMs: () => (stuckSince === undefined ? 0 : performance.now() - stuckSince),
    stop: () => {
      isDead = true;
      for (const each of [...open]) drop(each);
    },
    kill: () => {
      isDead = true;
      going = [];
      coming = [];
      for (const each of [...open]) {
        const { stream } = (each.client as unknown as { connection: { stream: { destroy(): void } } }).connection;
        stream.destroy();
        drop(each);
      }
    },
  };
}

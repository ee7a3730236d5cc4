import type { Json } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { inTransaction } from '#platform/storage';
import { createActAttempts } from './act-attempts.ts';
import { finishActsLeft } from './acts-left.ts';
import { type Bulk, takeBatch } from './case-bulk-batch.ts';
import { bulkTarget } from './case-bulk-desk.ts';
import { performTaken, performUnfinished } from './case-bulk-perform.ts';
import type { DeskNeeds } from './desk-needs.ts';
import { finishBulk, holdBulk, laneBacklog, takeBulk } from './sql/case-bulk.ts';

/** Works off bulks, those of nodes that died too, and single acts that such a node has left. */
export interface BulkWorker {
  /** There may be something to do. */
  wake(): void;
  /** Takes up no more; resolves when the batch under way is done. */
  stop(): Promise<void>;
}

export interface BulkOptions {
  /** Unique among the nodes. */
  readonly node: string;
  /** Cases in a batch; default 100. */
  readonly batch?: number;
  /** Cases under way at once in a batch; default 8. */
  readonly width?: number;
  /** Waits while more than so many effects wait in the lane of the outside system; default 500. */
  readonly laneRoom?: number;
  /** How often it looks for what others left, ms; default 1 000. */
  readonly everyMs?: number;
  /** A worker that says nothing for so long is dead, ms; default 30 000. */
  readonly leaseMs?: number;
  /** How often a case that fails is tried, before that is recorded and the bulk goes on; default 5. */
  readonly attempts?: number;
  /** A single act that is not done after so long was left by its node, ms; default 60 000. */
  readonly actPatienceMs?: number;
}

type Log = (event: string, details: Readonly<Record<string, Json>>) => void;

const mostAtOnce = 4;

/** Starts to work off bulks on this node. */
export function createBulkWorker(needs: DeskNeeds & { readonly log: Log }, options: BulkOptions): BulkWorker {
  const { database, clock, log } = needs;
  const { pool } = database;
  const { node, batch = 100, width = 8, laneRoom = 500, everyMs = 1_000, leaseMs = 30_000 } = options;
  const attempts = createActAttempts(options.attempts ?? 5);
  let isStopping = false;
  let isWanted = false;
  let looking: Promise<void> | undefined;
  let finishing: Promise<void> | undefined;
  const inHand = new Map<string, Promise<void>>();
  const rest = Promise.withResolvers<void>();

  async function finish(bulk: Bulk): Promise<void> {
    await inTransaction(database, async (client) => {
      const at = clock.now();
      const counts = (await client.query(finishBulk, [bulk.id, at])).rows[0];
      if (counts === undefined) return;
      await recordAction(client, { target: bulkTarget(bulk.id), action: 'finish', by: bulk.by, at, details: counts });
    });
  }

  /** Waits while the lane of what was sent last is full: the bulk is paced by what the outside system can bear. */
  async function waitForRoom(instance: string | undefined): Promise<boolean> {
    if (instance === undefined) return true;
    const { rows } = await pool.query<{ count: number }>(laneBacklog, [instance, laneRoom]);
    return (rows[0]?.count ?? 0) < laneRoom;
  }

  const pause = async (ms: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const time = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([time, rest.promise]);
    clearTimeout(timer);
  };

  async function workOn(bulk: Bulk): Promise<void> {
    await performUnfinished(needs, bulk, { atOnce: batch, width, attempts });
    let instance: string | undefined;
    while (!isStopping) {
      if (!(await waitForRoom(instance))) {
        await pause(200);
        if ((await pool.query(holdBulk, [bulk.id, node, leaseMs])).rows.length === 0) return;
        continue;
      }
      const taken = await takeBatch(needs, bulk, { node, leaseMs, batch });
      if (taken === 'not-ours') return;
      if (taken === 'done') return finish(bulk);
      await performTaken(needs, bulk, taken, { width, attempts });
      instance = taken.at(-1)?.record.instance;
    }
  }

  /** Takes up what is there, several bulks at once: one that waits for its lane does not hold up the others. */
  async function takeUp(): Promise<void> {
    while (!isStopping && inHand.size < mostAtOnce) {
      const bulk = (await pool.query<Bulk>(takeBulk, [node, leaseMs, [...inHand.keys()]])).rows[0];
      if (bulk === undefined) return;
      const work = workOn(bulk)
        .catch((thrown: unknown) => log('bulk-interrupted', { bulk: bulk.id, message: String(thrown) }))
        .finally(() => {
          inHand.delete(bulk.id);
        });
      inHand.set(bulk.id, work);
    }
  }

  function finishLeft(): void {
    finishing ??= finishActsLeft(needs, attempts, options.actPatienceMs)
      .then((count) => {
        if (count > 0) log('acts-finished', { count });
      })
      .catch((thrown: unknown) => log('acts-not-finished', { message: String(thrown) }))
      .finally(() => {
        finishing = undefined;
      });
  }

  function wake(): void {
    isWanted = true;
    if (looking !== undefined || isStopping) return;
    looking = (async () => {
      while (isWanted && !isStopping) {
        isWanted = false;
        await takeUp().catch((thrown: unknown) => log('bulks-not-read', { message: String(thrown) }));
      }
    })().finally(() => {
      looking = undefined;
    });
  }

  const timer = setInterval(() => {
    wake();
    finishLeft();
  }, everyMs);
  wake();
  return {
    wake,
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      rest.resolve();
      await looking;
      await finishing;
      await Promise.all(inHand.values());
    },
  };
}

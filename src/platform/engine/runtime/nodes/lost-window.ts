import type { Clock, Instant } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { EffectTask } from '../effects/effect-task.ts';
import type { Log } from '../engine.ts';
import {
  isExposed,
  newestWindow,
  readIdentity,
  recallClaims,
  recalledKey,
  recordWindow,
  writeIdentity,
} from '../sql/lost-window.ts';
import type { Evidence, Sighting } from './evidence.ts';
import { lossBetween, type Position, positionOf } from './timeline.ts';

/** Time that the database has lost: after its last commit that is still there, until somebody noticed. */
export interface Loss {
  readonly from: Instant;
  readonly until: Instant;
  readonly because: string;
}

/** What is known of the database's losses. */
export interface LostWindows {
  readonly position: Position;
  /** The newest one's number; 0 when there is none. */
  readonly newest: number;
  recalled(claim: { readonly scope: string; readonly key: string }): Promise<string | undefined>;
  /** Whether it may have been done in a time that was lost: the target is asked before it is sent. */
  mayBeDone(task: EffectTask): boolean | Promise<boolean>;
}

export interface LossNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly evidence?: Evidence;
  /** Called before a loss is recorded, and again when that failed: makes what is numbered here jump, for example. */
  readonly onLoss?: (loss: Loss) => Promise<void>;
}

/** What a person says: the database was restored and knows nothing after `from`; or nothing was lost, whatever it looks like. */
export type Declared = { readonly from: Instant } | 'nothing-lost';

const slice = 1_000;

interface Identity {
  readonly system: string;
  readonly timeline: number;
  readonly seen_at: Instant;
}

function lossSeenFrom(
  sightings: readonly Sighting[],
  identity: Identity | undefined,
  position: Position,
  newest: number,
): string | undefined {
  const byItself = identity && lossBetween(identity, position);
  if (byItself !== undefined) return byItself;
  // What was seen of another database says nothing; that this one became another it says itself.
  for (const seen of sightings.filter(({ system }) => system === position.system)) {
    if (seen.window > newest) return 'it does not know a loss that was recorded: it was restored again';
    const because = seen.window === newest ? lossBetween(seen, position) : undefined;
    if (because !== undefined) return because;
  }
  return undefined;
}

/** Starts that nodes remember and the database does not. */
async function recall({ database, evidence }: LossNeeds, systems: readonly string[]): Promise<number> {
  const starts = ((await evidence?.starts()) ?? []).filter(({ system }) => systems.includes(system));
  let recalled = 0;
  for (let from = 0; from < starts.length; from += slice) {
    const some = starts.slice(from, from + slice);
    const { rowCount } = await database.pool.query(recallClaims, [
      some.map(({ scope }) => scope),
      some.map(({ claim }) => claim),
      some.map(({ flow }) => flow),
      some.map(({ key }) => key),
    ]);
    recalled += rowCount ?? 0;
  }
  return recalled;
}

async function notice(needs: LossNeeds, loss: Loss, systems: readonly string[]): Promise<void> {
  await needs.onLoss?.(loss);
  const recalled = await recall(needs, systems);
  await needs.database.pool.query(recordWindow, [loss.from, loss.until, loss.because]);
  needs.log('database-lost-time', { from: loss.from, until: loss.until, because: loss.because, recalled });
}

/** At start: whether the database has lost time since this installation saw it last; a loss is recorded before anything is sent. */
export async function openLostWindows(needs: LossNeeds, declared: Declared | undefined): Promise<LostWindows> {
  const { pool } = needs.database;
  // Before the database is looked at: other nodes go on meanwhile.
  const sightings = (await needs.evidence?.sightings()) ?? [];
  const position = await positionOf(pool);
  const identity = (await pool.query<Identity>(readIdentity)).rows[0];
  const known = (await pool.query<{ newest: number }>(newestWindow)).rows[0]?.newest ?? 0;
  const until = needs.clock.now();
  // Its name now, and the one that it had before it was restored.
  const systems = [position.system, ...(identity ? [identity.system] : [])];
  const seen = lossSeenFrom(sightings, identity, position, known);
  if (declared === 'nothing-lost') {
    if (seen !== undefined) needs.log('loss-denied', { because: seen });
  } else if (declared !== undefined)
    await notice(needs, { from: declared.from, until, because: 'a person said so' }, systems);
  else if (seen !== undefined) await notice(needs, { from: identity?.seen_at ?? until, until, because: seen }, systems);
  // Another node noticed first; what is remembered here it could not know.
  else if (sightings.some(({ window, system }) => window < known && systems.includes(system)))
    await recall(needs, systems);
  await pool.query(writeIdentity, [position.system, position.timeline]);
  const row = (await pool.query<{ newest: number; covered_at: Instant | null }>(newestWindow)).rows[0];
  const coveredAt = row?.covered_at ?? null;

  const asked = new WeakSet<EffectTask>();
  return {
    position,
    newest: row?.newest ?? 0,
    recalled: async ({ scope, key }) => {
      if (coveredAt === null) return undefined;
      return (await pool.query<{ run_key: string }>(recalledKey, [scope, key])).rows[0]?.run_key;
    },
    mayBeDone: (task) => {
      if (coveredAt === null || asked.has(task)) return false;
      return pool.query<{ exposed: boolean | null }>(isExposed, [task.runId, coveredAt]).then(({ rows }) => {
        // Only an answer counts as asked: when the look-up fails, the next turn looks again.
        asked.add(task);
        return rows[0]?.exposed !== false;
      });
    },
  };
}

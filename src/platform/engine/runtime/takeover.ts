import type { Database } from '#platform/storage';
import type { Owner } from './batch-values.ts';
import { commitConnectionName } from './commit-connection.ts';
import type { EffectRunner } from './effect-runner.ts';
import type { Log, Providers } from './engine.ts';
import type { FlowRegistry } from './flow-registry.ts';
import { patience } from './run-actor.ts';
import { claimUnowned, lanesWithUnowned, takenEffects, takeOver } from './sql/effects.ts';
import { endBackendsNamed } from './sql/recover.ts';
import { readJournalOf } from './sql/runs.ts';
import { type TakenEffect, taskOf } from './taken-effects.ts';

/** Brings stored effects to this node. */
export interface Takeover {
  /** Those of a dead life of a node, up to that epoch. */
  fromDead(name: string, epoch: number): Promise<number>;
  /** Those that nobody owns, for lanes that have room; all lanes with `everywhere`. */
  unowned(everywhere?: boolean): Promise<number>;
}

const slice = 500;

export function createTakeover(needs: {
  readonly database: Database;
  readonly owner: Owner;
  readonly flows: FlowRegistry;
  readonly providers: Providers;
  readonly runner: EffectRunner;
  readonly log: Log;
}): Takeover {
  const { database, owner, flows, providers, runner, log } = needs;

  const journalOf = async (runId: string): Promise<readonly string[]> => {
    const { rows } = await database.pool.query<{ entries: string }>(readJournalOf, [runId]);
    return rows.map(({ entries }) => entries);
  };

  async function take(statement: string, values: readonly unknown[]): Promise<number> {
    const { rows } = await database.pool.query<TakenEffect>(`${statement}\n${takenEffects}`, [
      owner.name,
      owner.epoch,
      ...values,
    ]);
    for (const row of rows) {
      try {
        runner.add(await taskOf(row, flows, providers, journalOf));
      } catch (thrown) {
        log('effect-not-understood', { key: row.key, message: String(thrown) });
      }
    }
    return rows.length;
  }

  async function claimLane(instance: string, room: number): Promise<number> {
    const asked = Math.min(slice, room);
    const taken = await take(claimUnowned, [instance, asked]);
    runner.lanes.noteBacklog(instance, taken === asked);
    return taken;
  }

  /**
   * A dead node's last statement may still be under way in the server, and would commit effects that nobody takes over. It is ended,
   * and only when it is gone the table is read. Earlier lives were silenced by those that followed them.
   */
  async function silence(name: string, epoch: number): Promise<void> {
    const connection = commitConnectionName({ name, epoch });
    for (let round = 0; ; round += 1) {
      const { rowCount } = await database.pool.query(endBackendsNamed, [connection]);
      if (rowCount === 0) return;
      await patience(Math.min(round, 4));
    }
  }

  return {
    fromDead: async (name, epoch) => {
      await silence(name, epoch);
      let total = 0;
      for (let taken = slice; taken === slice; total += taken) taken = await take(takeOver, [name, epoch, slice]);
      if (total > 0) log('effects-taken-over', { from: name, epoch, effects: total });
      return total;
    },
    unowned: async (everywhere = false) => {
      const { rows } = everywhere
        ? await database.pool.query<{ instance: string }>(lanesWithUnowned)
        : { rows: [] as { instance: string }[] };
      const lanes = everywhere ? rows.map(({ instance }) => ({ instance, room: slice })) : runner.lanes.hungry();
      let total = 0;
      for (const { instance, room } of lanes) total += await claimLane(instance, room);
      return total;
    },
  };
}

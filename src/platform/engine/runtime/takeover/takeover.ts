import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import { commitConnectionName } from '../commit/commit-connection.ts';
import type { EffectRunner } from '../effects/effect-runner.ts';
import type { EffectTask } from '../effects/effect-task.ts';
import type { Log, Providers } from '../engine.ts';
import { type DeadLife, type NodeLife, versionName } from '../nodes/node-life.ts';
import { patience } from '../runs/run-actor.ts';
import {
  claimUnowned,
  lanesWithUnowned,
  lockDead,
  takeAgain,
  takenEffects,
  takeOver,
  unlockDead,
} from '../sql/effects.ts';
import { endBackendsNamed } from '../sql/recover.ts';
import { readJournalOf } from '../sql/runs.ts';
import type { FlowRegistry } from '../versions/flow-registry.ts';
import type { OurEffects } from './our-effects.ts';
import { type TakenEffect, taskOf } from './taken-effects.ts';

/** Brings stored effects to this node. */
export interface Takeover {
  /** Those of a dead life of a node, up to that epoch. */
  fromDead(life: DeadLife): Promise<number>;
  /** Those that nobody owns, for lanes that have room; all lanes with `everywhere`. */
  unowned(everywhere?: boolean): Promise<number>;
  /** Those of these that are ours and were lost sight of: they are in doubt. */
  again(keys: readonly string[]): Promise<number>;
}

/** Of one lane at a time: what waits there is read as it is worked off. */
const slice = 500;
/** Of a dead node at a time: each slice walks over the open effects. */
const deadSlice = 2_000;

export function createTakeover(needs: {
  readonly database: Database;
  readonly owner: Owner;
  readonly flows: FlowRegistry;
  readonly providers: Providers;
  readonly runner: Pick<EffectRunner, 'lanes'>;
  readonly ours: Pick<OurEffects, 'add'>;
  readonly life: Pick<NodeLife, 'revivals'>;
  readonly log: Log;
}): Takeover {
  const { database, owner, flows, providers, runner, ours, life, log } = needs;
  const known = flows.all.map(({ name, version }) => versionName(name, version));
  let looking: Promise<number> | undefined;

  const journalOf = async (runId: string): Promise<readonly string[]> => {
    const { rows } = await database.pool.query<{ entries: string }>(readJournalOf, [runId]);
    return rows.map(({ entries }) => entries);
  };

  async function take(statement: string, values: readonly unknown[]): Promise<readonly TakenEffect[]> {
    const since = life.revivals();
    const { rows } = await database.pool.query<TakenEffect>(`${statement}\n${takenEffects}`, [
      owner.name,
      owner.epoch,
      ...values,
    ]);
    const tasks: EffectTask[] = [];
    for (const row of rows) {
      try {
        tasks.push(await taskOf(row, flows, providers, journalOf));
      } catch (thrown) {
        log('effect-not-understood', { key: row.key, message: String(thrown) });
      }
    }
    ours.add(tasks, since);
    return rows;
  }

  async function claimLane(instance: string, room: number): Promise<number> {
    const asked = Math.min(slice, room);
    const taken = await take(claimUnowned, [instance, asked, known]);
    runner.lanes.noteTaken(instance, taken.length === asked ? floorOf(taken) : undefined);
    return taken.length;
  }

  /** The least urgent of what was taken: what is left is not more urgent. */
  const floorOf = (taken: readonly TakenEffect[]): number => Math.max(...taken.map(({ priority }) => priority));

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

  async function allOf({ name, epoch, beat }: DeadLife): Promise<number> {
    let total = 0;
    for (let taken = deadSlice; taken === deadSlice; total += taken) {
      taken = (await take(takeOver, [name, epoch, deadSlice, known, beat])).length;
    }
    return total;
  }

  /** All that a dead node owned goes to one of its survivors: so the order of its effects is kept. */
  async function alone(name: string, work: () => Promise<number>): Promise<number> {
    const client = await database.pool.connect();
    let isLost = true;
    try {
      await client.query(lockDead, [name]);
      const total = await work();
      await client.query(unlockDead, [name]);
      isLost = false;
      return total;
    } finally {
      client.release(isLost);
    }
  }

  async function look(everywhere: boolean): Promise<number> {
    if (everywhere) {
      const { rows } = await database.pool.query<{ instance: string; floor: number }>(lanesWithUnowned);
      for (const { instance, floor } of rows) runner.lanes.noteWaiting(instance, floor);
    }
    let total = 0;
    for (const { instance, room } of runner.lanes.hungry()) total += await claimLane(instance, room);
    return total;
  }

  return {
    again: async (keys) => (await take(takeAgain, [keys])).length,
    fromDead: async (dead) => {
      const { name, epoch } = dead;
      await silence(name, epoch);
      const total = await alone(name, () => allOf(dead));
      if (total > 0) log('effects-taken-over', { from: name, epoch, effects: total });
      return total;
    },
    unowned: async (everywhere = false) => {
      // One look at a time: what the last one took must be in our hands before what follows it is taken.
      looking ??= look(everywhere).finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}

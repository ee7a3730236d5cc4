import type { Clock } from '#model/kernel';
import type { Flow } from '../../flow.ts';
import { type Migrating, migrateRun, migrationRefused } from '../../migrate-run.ts';
import type { Verdict } from '../commit/commit-unit.ts';
import type { Log } from '../engine.ts';
import type { HotRun } from '../runs/hot-run.ts';
import { type Plan, type PlanNeeds, planAdvance } from '../runs/plan-advance.ts';
import type { RunActor } from '../runs/run-actor.ts';
import type { FlowRegistry } from './flow-registry.ts';

/** A run as it is stored, and its version; `flow` is that version where this node has it. */
export interface Candidate {
  readonly run: HotRun;
  readonly version: number;
  readonly flow: Flow | undefined;
}

export interface MigratorNeeds extends PlanNeeds {
  readonly flows: FlowRegistry;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether every other living node knows this version of a flow. */
  readonly peersKnow: (flow: string, version: number) => boolean;
  /** Whether an error is the flow's, and not the database's. */
  readonly isOurs: (thrown: unknown) => boolean;
}

/** `left`: it stays what it is, for now or until its migration is mended. */
export type Migrated = 'won' | 'lost' | 'left';

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * Takes a run over into the newest version that declares how, with an ordinary advance. Only when every living node knows that
 * version: else one of them would hold effects of a run that it can no longer read.
 */
export function createRunMigrator(
  needs: MigratorNeeds,
  write: (actor: RunActor, before: HotRun | undefined, plan: Plan) => Promise<Verdict>,
): (actor: RunActor, candidate: Candidate) => Promise<Migrated> {
  const { flows, clock, log } = needs;
  // Tried once in a life: the program does not mend itself.
  const refused = new Set<string>();

  async function refuse(actor: RunActor, to: Flow, candidate: Candidate, migrating: Migrating, because: string) {
    const { run, version, flow } = candidate;
    refused.add(`${run.id}/${to.version}`);
    log('run-not-migrated', { flow: to.name, key: actor.key, from: version, to: to.version, because });
    const advance = migrationRefused(to.table, migrating, because.replaceAll('\0', '').toWellFormed());
    if (advance.openCases.length === 0) return;
    await write(actor, run, planAdvance(needs, { ...run, flow: flow ?? to }, advance, { at: migrating.at }));
    // What memory would hold is of a version that this node does not have.
    if (flow === undefined) actor.hot = undefined;
  }

  return async (actor, candidate) => {
    const { run, version, flow } = candidate;
    const to = flows.successor(actor.flow, version);
    if (to === undefined || !needs.peersKnow(to.name, to.version)) return 'left';
    if (refused.has(`${run.id}/${to.version}`)) return 'left';
    const at = clock.now();
    const migrating: Migrating = { run: run.state, from: version, at, ...(flow ? { before: flow.table } : {}) };
    try {
      const advance = migrateRun(to.table, migrating);
      const plan = planAdvance(needs, { ...run, flow: to }, advance, { at, flowVersion: to.version });
      return (await write(actor, run, plan)) === 'won' ? 'won' : 'lost';
    } catch (thrown) {
      if (!needs.isOurs(thrown)) throw thrown;
      await refuse(actor, to, candidate, migrating, textOf(thrown));
      return 'left';
    }
  };
}

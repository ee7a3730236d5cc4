import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Advance } from '../../run.ts';
import type { Owner } from '../commit/batch-values.ts';
import type { InboxRow, Verdict } from '../commit/commit-unit.ts';
import { type Committer, Unwritable } from '../commit/committer.ts';
import { findRecorded, type RecordedEffect, undoneBy } from '../effects/recorded-effects.ts';
import type { Log } from '../engine.ts';
import { readJournalOf } from '../sql/runs.ts';
import type { FlowRegistry } from '../versions/flow-registry.ts';
import { createRunMigrator, type Migrated } from '../versions/migrate-run.ts';
import type { HotRun } from './hot-run.ts';
import type { Occasion, Plan, PlanNeeds } from './plan-advance.ts';
import type { RunActor } from './run-actor.ts';
import { createRunLoader } from './run-loader.ts';
import { hotRun } from './stored-run.ts';

export interface WriterNeeds extends PlanNeeds {
  readonly database: Database;
  readonly flows: FlowRegistry;
  readonly committer: Committer;
  readonly owner: Owner;
  /** For stamps, and for setting deadlines. */
  readonly clock: Clock;
  /** For ringing them. */
  readonly due: Clock;
  readonly log: Log;
  readonly isDead: () => boolean;
  /** Whether every other living node knows this version of a flow. */
  readonly peersKnow: (flow: string, version: number) => boolean;
  /** How often others may have thought us dead. */
  readonly revivals: () => number;
  /** A plan was written. */
  readonly committed: (actor: RunActor, before: HotRun | undefined, plan: Plan, written: Written) => void;
}

/** What is to be known of a plan that was written. */
export interface Written {
  /** What came for the run before it began. */
  readonly waiting: readonly InboxRow[];
  /** How often we had been revived before it was sent. */
  readonly since: number;
}

/** Reads a run into memory and writes its plans. */
export interface RunWriter {
  /** Undefined: it is not there, or of a version that another node knows. */
  load(actor: RunActor): Promise<HotRun | undefined>;
  /** Takes it over into the newest version that declares how. */
  modernise(actor: RunActor): Promise<void>;
  write(actor: RunActor, before: HotRun | undefined, plan: Plan): Promise<Verdict>;
  /** The journal's knowledge of what the advance undoes or asks again. */
  recall(run: HotRun, advance: Advance): Promise<Pick<Occasion, 'recalled'>>;
}

/** Whether an error is the flow's or the message's, and not the database's. */
export const isOurs = (thrown: unknown): boolean =>
  thrown instanceof Unwritable || !(thrown instanceof Error && 'code' in thrown);

export function createRunWriter(needs: WriterNeeds): RunWriter {
  const { database, flows, committer } = needs;
  const loadRun = createRunLoader(database);
  const migrate = createRunMigrator({ ...needs, isOurs }, write);

  async function load(actor: RunActor): Promise<HotRun | undefined> {
    if (actor.hot) return actor.hot;
    const row = await loadRun(actor.flow, actor.key);
    if (row === undefined) return undefined;
    if (flows.hasVersion(row.flow, row.flow_version)) {
      actor.hot = hotRun(row, flows.version(row.flow, row.flow_version));
      return actor.hot;
    }
    // A run of a version that another node knows is nobody here, unless it is taken over now: what comes for it waits in the inbox.
    const to = flows.successor(row.flow, row.flow_version);
    if (to === undefined) return undefined;
    const migrated = await migrate(actor, { run: hotRun(row, to), version: row.flow_version, flow: undefined });
    if (migrated === 'left') return undefined;
    return migrated === 'won' ? actor.hot : load(actor);
  }

  async function write(actor: RunActor, before: HotRun | undefined, plan: Plan): Promise<Verdict> {
    const since = needs.revivals();
    const outcome = await committer.commit(plan.unit);
    if (outcome.verdict === 'won') {
      actor.hot = plan.next;
      needs.committed(actor, before, plan, { waiting: outcome.waiting, since });
    } else if (outcome.verdict !== 'repeated') {
      // What was known of the run is old, or never was.
      actor.hot = undefined;
    }
    return outcome.verdict;
  }

  async function recall(run: HotRun, advance: Advance): Promise<Pick<Occasion, 'recalled'>> {
    const asked = advance.ask.filter((ask) => ask.undoes || ask.again);
    if (asked.length === 0) return {};
    const { rows } = await database.pool.query<{ entries: string }>(readJournalOf, [run.id]);
    // What is undone may have been answered by this very message.
    const texts = [...rows.map(({ entries }) => entries), JSON.stringify({ at: '', entries: advance.entries })];
    const found = new Map<string, RecordedEffect>();
    for (const { key } of asked) {
      const effect = findRecorded(texts, undoneBy(key));
      if (effect) found.set(key, effect);
    }
    return { recalled: found };
  }

  async function modernise(actor: RunActor): Promise<void> {
    for (let round: Migrated = 'lost'; round !== 'left'; ) {
      const run = await load(actor);
      if (run === undefined) return;
      round = await migrate(actor, { run, version: run.flow.version, flow: run.flow });
    }
  }

  return { load, write, recall, modernise };
}

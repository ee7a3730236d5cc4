import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Advance } from '../run.ts';
import type { InboxRow, Verdict } from './commit-unit.ts';
import { type Committer, Unwritable } from './committer.ts';
import type { Log } from './engine.ts';
import type { FlowRegistry } from './flow-registry.ts';
import type { HotRun } from './hot-run.ts';
import type { Occasion, Plan, PlanNeeds } from './plan-advance.ts';
import { findRecorded, type RecordedEffect } from './recorded-effects.ts';
import type { RunActor } from './run-actor.ts';
import { loadRun, readJournalOf } from './sql/runs.ts';
import { hotRun, type StoredRun } from './stored-run.ts';

export interface WriterNeeds extends PlanNeeds {
  readonly database: Database;
  readonly flows: FlowRegistry;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly log: Log;
  readonly isDead: () => boolean;
  /** A plan was written. `waiting` came before the run did. */
  readonly committed: (actor: RunActor, before: HotRun | undefined, plan: Plan, waiting: readonly InboxRow[]) => void;
}

/** Reads a run into memory and writes its plans. */
export interface RunWriter {
  /** Undefined: it is not there, or of a version that another node knows. */
  load(actor: RunActor): Promise<HotRun | undefined>;
  write(actor: RunActor, before: HotRun | undefined, plan: Plan): Promise<Verdict>;
  /** The journal's knowledge of what the advance undoes. */
  undone(run: HotRun, advance: Advance): Promise<Pick<Occasion, 'undone'>>;
}

/** Whether an error is the flow's or the message's, and not the database's. */
export const isOurs = (thrown: unknown): boolean =>
  thrown instanceof Unwritable || !(thrown instanceof Error && 'code' in thrown);

export function createRunWriter(needs: WriterNeeds): RunWriter {
  const { database, flows, committer } = needs;

  async function load(actor: RunActor): Promise<HotRun | undefined> {
    if (actor.hot) return actor.hot;
    const { rows } = await database.pool.query<StoredRun>({
      name: 'load-run',
      text: loadRun,
      values: [actor.flow, actor.key],
    });
    const row = rows[0];
    // A run of a version that another node knows is nobody here: what comes for it waits in the inbox.
    if (row === undefined || !flows.hasVersion(row.flow, row.flow_version)) return undefined;
    actor.hot = hotRun(row, flows);
    return actor.hot;
  }

  async function write(actor: RunActor, before: HotRun | undefined, plan: Plan): Promise<Verdict> {
    const outcome = await committer.commit(plan.unit);
    if (outcome.verdict === 'won') {
      actor.hot = plan.next;
      needs.committed(actor, before, plan, outcome.waiting);
    } else if (outcome.verdict !== 'repeated') {
      // What was known of the run is old, or never was.
      actor.hot = undefined;
    }
    return outcome.verdict;
  }

  async function undone(run: HotRun, advance: Advance): Promise<Pick<Occasion, 'undone'>> {
    const undoes = advance.ask.filter((asked) => asked.undoes);
    if (undoes.length === 0) return {};
    const { rows } = await database.pool.query<{ entries: string }>(readJournalOf, [run.id]);
    // What is undone may have been answered by this very message.
    const texts = [...rows.map(({ entries }) => entries), JSON.stringify({ at: '', entries: advance.entries })];
    const found = new Map<string, RecordedEffect>();
    for (const { key } of undoes) {
      const original = key.replace(/:undo$/, '');
      const effect = findRecorded(texts, original);
      if (effect) found.set(original, effect);
    }
    return { undone: found };
  }

  return { load, write, undone };
}

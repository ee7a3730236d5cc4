import { createHash } from 'node:crypto';
import type { Clock, Json } from '#model/kernel';
import { recordAction } from '#platform/audit';
import { passedFacts, type Subscriber } from '#platform/backbone';
import { type Database, inTransaction } from '#platform/storage';
import { isCaseId } from './letter-decision.ts';
import {
  type Replay,
  type ReplayDesk,
  type ReplayOutcome,
  type ReplayRefusal,
  type ReplayRow,
  replayOf,
} from './replay.ts';
import { effectsOf } from './replay-effect.ts';
import {
  approveReplay,
  insertFacts,
  insertReplay,
  pauseReplay,
  selectReplay,
  selectReplays,
  startReplay,
} from './sql/replays.ts';

export interface ReplayDeskNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly subscriber: (name: string) => Subscriber | undefined;
  /** There is something to do for a worker. */
  readonly wake: () => void;
}

export interface ReplayDeskOptions {
  /** 2, the default: nobody approves what they planned. */
  readonly persons?: 1 | 2;
  /** Facts in one replay at most, default 100 000. */
  readonly most?: number;
}

const refuse = (refused: ReplayRefusal, because: string): ReplayOutcome => ({ ok: false, refused, because });

/** The same intent is the same plan. */
function idOf(intent: string): string {
  const digest = createHash('sha256').update(`replay:${intent}`).digest('hex');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => digest.slice(from, to))
    .join('-');
}

/** Opens the desk for replays. Nothing is told here: a running one is worked by whichever node has time. */
export function createReplayDesk(needs: ReplayDeskNeeds, options: ReplayDeskOptions = {}): ReplayDesk {
  const { database, clock, subscriber, wake } = needs;
  const { persons = 2, most = 100_000 } = options;

  async function find(id: string): Promise<Replay | undefined> {
    const { rows } = isCaseId(id) ? await database.pool.query<ReplayRow>(selectReplay, [id]) : { rows: [] };
    return rows[0] === undefined ? undefined : replayOf(rows[0]);
  }

  /** Does one act if the replay's state allows it, and keeps it in its audit. */
  async function act(
    statement: string,
    values: readonly unknown[],
    of: { readonly id: string; readonly action: string; readonly by: string; readonly reason: string },
  ): Promise<Replay | undefined> {
    const done = await inTransaction(database, async (transaction) => {
      const { rows } = await transaction.query<ReplayRow>(statement, [...values]);
      if (rows[0] === undefined) return undefined;
      const { id, action, by, reason } = of;
      const details = { reason } satisfies Record<string, Json>;
      await recordAction(transaction, { target: `replay:${id}`, action, by, at: clock.now(), details });
      return replayOf(rows[0]);
    });
    if (done !== undefined) wake();
    return done;
  }

  async function orRefuse(replay: Replay | undefined, id: string, wanted: string): Promise<ReplayOutcome> {
    if (replay !== undefined) return { ok: true, replay };
    const found = await find(id);
    if (found === undefined) return refuse('no-such-replay', `There is no replay ${id}.`);
    return refuse('wrong-state', `Replay ${id} is ${found.state}: it cannot be ${wanted} now.`);
  }

  return {
    find,
    list: async (limit = 100) => (await database.pool.query<ReplayRow>(selectReplays, [limit])).rows.map(replayOf),
    plan: async ({ subscriber: name, selection, reason, perSecond = 10, by, intent }) => {
      const id = idOf(intent);
      const before = await find(id);
      if (before !== undefined) return { ok: true, replay: before };
      const asked = subscriber(name);
      if (asked === undefined)
        return refuse('no-such-subscriber', `Nobody here subscribes as ${JSON.stringify(name)}.`);
      const { types, ...rest } = selection;
      const narrowed = types === undefined ? asked.types : types.filter((type) => asked.types?.includes(type) ?? true);
      const query = { ...rest, ...(narrowed === undefined ? {} : { types: narrowed }) };
      return inTransaction(database, async (transaction) => {
        const facts = await passedFacts(transaction, { subscription: name, ...query, limit: most + 1 });
        if (facts.length > most) {
          return refuse('too-many-facts', `These are more than ${most} facts: narrow the times, types or keys.`);
        }
        const foreseen = await effectsOf(asked, facts);
        const count = (effect: number): number => foreseen.filter((each) => each === effect).length;
        const times = facts.map(({ time }) => time).toSorted();
        const { rows } = await transaction.query<ReplayRow>(insertReplay, [
          ...[id, name, JSON.stringify(selection), reason, perSecond, by],
          ...[facts.length, count(0), count(1), count(2), times[0] ?? null, times.at(-1) ?? null],
        ]);
        const [planned] = rows;
        // Two at once with one intent: the other's plan is this one.
        if (planned === undefined) return refuse('wrong-state', 'It is being planned already: ask for it again.');
        await transaction.query(insertFacts, [
          id,
          facts.map((_, index) => index + 1),
          facts.map((fact) => fact.id),
          facts.map(({ subject }) => subject),
          foreseen,
          facts.map(({ source }) => source),
          facts.map(({ type }) => type),
          facts.map(({ time }) => time),
          facts.map(({ data }) => data),
        ]);
        const details = { reason, facts: facts.length, subscriber: name, selection: selection as Json };
        await recordAction(transaction, { target: `replay:${id}`, action: 'plan', by, at: clock.now(), details });
        return { ok: true, replay: replayOf(planned) };
      });
    },
    approve: async (id, by, reason) => {
      const found = await find(id);
      if (found?.state === 'planned' && found.plannedBy === by && persons === 2) {
        return refuse('same-person', `${by} planned it: somebody else approves it.`);
      }
      if (found === undefined) return orRefuse(undefined, id, 'approved');
      const of = { id, action: 'approve', by, reason };
      return orRefuse(await act(approveReplay, [id, by, persons === 1], of), id, 'approved');
    },
    start: async (id, by, reason) => {
      if ((await find(id)) === undefined) return orRefuse(undefined, id, 'started');
      return orRefuse(await act(startReplay, [id, by], { id, action: 'start', by, reason }), id, 'started');
    },
    pause: async (id, by, reason) => {
      if ((await find(id)) === undefined) return orRefuse(undefined, id, 'paused');
      return orRefuse(await act(pauseReplay, [id], { id, action: 'pause', by, reason }), id, 'paused');
    },
  };
}

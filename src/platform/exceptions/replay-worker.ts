import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { factEvent, type StoredFact, type Subscriber } from '#platform/backbone';
import { type Database, inTransaction } from '#platform/storage';
import { effects, type ReplayRow } from './replay.ts';
import { effectsOf } from './replay-effect.ts';
import { nextFacts, progressReplay, takeRunning } from './sql/replays.ts';

export interface ReplayWorkerNeeds {
  readonly database: Database;
  readonly subscriber: (name: string) => Subscriber | undefined;
  /** Names of the subscribers of this node. */
  readonly subscribers: () => readonly string[];
  readonly log: (event: string, details: Readonly<Record<string, string>>) => void;
}

export interface ReplayWorker {
  /** There is something to do. */
  wake(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

interface PlannedFact extends StoredFact {
  readonly n: number;
  readonly foreseen: number;
}

/** Facts told in one transaction at most; a quarter of a second's worth where that is less. */
const mostInOne = 50;

interface Told {
  readonly told: number;
  readonly changed: number;
  readonly surprise: string | undefined;
}

/** Tells facts one by one, each with what it writes or not at all, up to the first surprise. */
async function tellFacts(
  on: PoolClient,
  subscriber: Subscriber,
  facts: readonly PlannedFact[],
  from: number,
): Promise<Told> {
  let told = from;
  let changed = 0;
  for (const fact of facts) {
    const name = `${fact.type} of ${fact.subject} (${fact.id})`;
    const [effect = 2] = await effectsOf(subscriber, [fact]);
    if (effect > fact.foreseen) {
      const surprise = `${name} would change ${effects[effect]}; foreseen was ${effects[fact.foreseen]}`;
      return { told, changed, surprise };
    }
    await on.query('savepoint one');
    try {
      await subscriber.handle([factEvent(fact)], on);
    } catch (thrown) {
      await on.query('rollback to savepoint one');
      return { told, changed, surprise: `${name} was not taken: ${String(thrown)}`.replaceAll('\0', '\uFFFD') };
    }
    told = fact.n;
    if (effect > 0) changed += 1;
  }
  return { told, changed, surprise: undefined };
}

/**
 * Works replays that run: a few facts, then the pause that their pace asks for. How far one is is written with what its subscriber
 * writes; a node that dies gives it free with its connection, and the next goes on.
 */
export function createReplayWorker(
  { database, subscriber, subscribers, log }: ReplayWorkerNeeds,
  { pollMs = 1_000 }: { readonly pollMs?: number } = {},
): ReplayWorker {
  const ending = new AbortController();
  let woken = new AbortController();

  /** Works one round of one replay; answers how long to rest, ms, or nothing when there was none. */
  const work = (): Promise<number | undefined> =>
    inTransaction(database, async (transaction) => {
      const { rows } = await transaction.query<ReplayRow>(takeRunning, [subscribers()]);
      const replay = rows[0];
      const asked = replay === undefined ? undefined : subscriber(replay.subscription);
      if (replay === undefined || asked === undefined) return undefined;
      const size = Math.max(1, Math.min(mostInOne, Math.floor(replay.per_second / 4)));
      const { rows: facts } = await transaction.query<PlannedFact>(nextFacts, [replay.id, replay.told, size]);
      const { told, changed, surprise } = await tellFacts(transaction, asked, facts, replay.told);
      const state = surprise !== undefined ? 'stopped' : told >= replay.facts ? 'finished' : 'running';
      const pauseSeconds = facts.length / replay.per_second;
      await transaction.query(progressReplay, [replay.id, told, changed, state, surprise ?? null, pauseSeconds]);
      if (surprise !== undefined) log('replay-stopped', { replay: replay.id, surprise });
      return state === 'running' ? pauseSeconds * 1_000 : 0;
    });

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      woken = new AbortController();
      const restMs = await work().catch((thrown: unknown) => {
        log('replay-failed', { message: String(thrown) });
        return undefined;
      });
      const signal = AbortSignal.any([ending.signal, woken.signal]);
      await wait(Math.min(pollMs, (restMs ?? pollMs) + 1), undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    wake: () => woken.abort(),
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Instant, Json } from '#model/kernel';
import { plusMilliseconds } from '#model/kernel';
import { type Database, inTransaction } from '#platform/storage';
import type { AlertChannel, AlertPost } from '../rule.ts';
import type { Sender } from './sender.ts';
import {
  abandonForgotten,
  deliveryDone,
  deliveryFailed,
  heldUntilNow,
  holdBack,
  joinDigest,
  putDigest,
  takeDue,
  toldLately,
} from './sql/deliveries.ts';

/** A channel of the outbox. */
export interface OutboxChannel {
  readonly channel: AlertChannel;
  readonly send: Sender;
}

export interface OutboxNeeds {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: (event: string, details: Readonly<Record<string, Json>>) => void;
  readonly channels: Readonly<Record<string, OutboxChannel>>;
  /** A channel does not take what it is told, or does again. */
  readonly broken: (channel: string, failure: string) => Promise<void>;
  readonly mended: (channel: string) => Promise<void>;
}

/** Tells what is to be told. A message is tried until it was taken; an attempt that was cut short is made again under the same id. */
export interface Outbox {
  /** One look at every channel. */
  flush(): Promise<void>;
  /** Looks at each channel until the signal, beside the others: a receiver that takes its time holds up its own channel alone. */
  run(signal: AbortSignal, everyMs: number): Promise<void>;
}

const hour = 3_600_000;
const leaseMs = 60_000;
const firstPauseMs = 5_000;
const longestPauseMs = hour;
/** About a day of attempts. */
const mostAttempts = 32;
/** From here on a person should look. */
const attemptsOfABrokenChannel = 4;
const perHour = 60;

const pauseAfter = (attempts: number): number => Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
const whatWentWrong = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll('\0', '').slice(0, 300);

interface Taken {
  readonly id: string;
  readonly message: AlertPost;
  readonly attempts: number;
}

export function createOutbox({ database, clock, log, channels, broken, mended }: OutboxNeeds): Outbox {
  const { pool } = database;
  let isFirst = true;
  /** Channels that are known to take what they are told. */
  const sound = new Set<string>();

  /**
   * What a channel may be told now: what is urgent, what is not, or both. Each has a limit of its own, so that what is urgent never waits
   * behind what is not; what is too much is held until there is room again.
   */
  async function roomOf(name: string, most: number, at: Instant): Promise<readonly boolean[]> {
    const since = plusMilliseconds(at, -hour);
    const { rows } = await pool.query<{ urgent: boolean; count: number; oldest: Instant }>(toldLately, [name, since]);
    const full = rows.filter(({ count }) => count >= most);
    for (const { urgent, oldest } of full)
      await pool.query(holdBack, [name, at, plusMilliseconds(oldest, hour), urgent]);
    return [true, false].filter((urgent) => !full.some((each) => each.urgent === urgent));
  }

  /** What was held together is told together. */
  const gather = (name: string, at: Instant, urgent: boolean): Promise<void> =>
    inTransaction(database, async (client) => {
      const { rows } = await client.query<{ id: string; message: AlertPost }>(heldUntilNow, [name, at, urgent]);
      if (rows.length < 2) return;
      const id = `digest_${randomUUID()}_${name}`;
      const messages = rows.flatMap(({ message }) => (message.kind === 'alert' ? [message.message] : []));
      const digest: AlertPost = { kind: 'digest', at, messages };
      await client.query(putDigest, [id, name, JSON.stringify(digest), at, urgent]);
      await client.query(joinDigest, [id, rows.map((row) => row.id)]);
    });

  async function tell(name: string, send: Sender, { id, message, attempts }: Taken): Promise<boolean> {
    const at = clock.now();
    try {
      await send(message, id, at);
    } catch (thrown) {
      const failure = whatWentWrong(thrown);
      const isOver = attempts >= mostAttempts;
      log('alert-not-delivered', { channel: name, message: id, attempts, failure });
      await pool.query(deliveryFailed, [id, plusMilliseconds(at, pauseAfter(attempts)), failure, isOver ? at : null]);
      sound.delete(name);
      if (attempts >= attemptsOfABrokenChannel) await broken(name, failure);
      return false;
    }
    await pool.query(deliveryDone, [id, clock.now()]);
    if (!sound.has(name)) await mended(name);
    sound.add(name);
    return true;
  }

  async function flushChannel(name: string, { channel, send }: OutboxChannel, signal?: AbortSignal): Promise<void> {
    while (signal?.aborted !== true) {
      const at = clock.now();
      const room = await roomOf(name, channel.atMostPerHour ?? perHour, at);
      if (room.length === 0) return;
      for (const urgent of room) await gather(name, at, urgent);
      const lease = plusMilliseconds(at, leaseMs);
      // One after the other: a receiver gets them in order, and a broken one is asked once a look.
      const [taken] = (await pool.query<Taken>(takeDue, [name, at, lease, room])).rows;
      if (taken === undefined || !(await tell(name, send, taken))) return;
    }
  }

  async function forgetOthers(): Promise<void> {
    if (isFirst) await pool.query(abandonForgotten, [Object.keys(channels), clock.now()]);
    isFirst = false;
  }

  /** One look at one channel; that it could not be looked at is told to the log. */
  const tryChannel = (name: string, channel: OutboxChannel, signal?: AbortSignal): Promise<void> =>
    forgetOthers()
      .then(() => flushChannel(name, channel, signal))
      .catch((thrown: unknown) => log('alerts-not-told', { channel: name, message: whatWentWrong(thrown) }));

  const ofEach = async (look: (name: string, channel: OutboxChannel) => Promise<void>): Promise<void> => {
    await Promise.all(Object.entries(channels).map(([name, channel]) => look(name, channel)));
  };

  return {
    flush: () => ofEach(tryChannel),
    run: (signal, everyMs) =>
      ofEach(async (name, channel) => {
        while (!signal.aborted) {
          await tryChannel(name, channel, signal);
          await wait(everyMs, undefined, { signal }).catch(() => undefined);
        }
      }),
  };
}

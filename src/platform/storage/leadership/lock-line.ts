import pg from 'pg';
import { clientSettings, type Database } from '../database.ts';

/** Locks by name that this process holds for as long as it lives and the database knows it. */
export interface LockLine {
  /** Wants the lock until it is given back: told each time that it is won, and each time that it may be another's again. */
  want(name: string, told: { readonly won: () => void; readonly lost: () => void }): WantedLock;
  /** Gives everything back. */
  close(): Promise<void>;
}

export interface WantedLock {
  isHeld(): boolean;
  /** Tries now instead of at the next round; answers whether it is held. Throws when the database is away. */
  tryNow(): Promise<boolean>;
  giveBack(): Promise<void>;
}

export interface LockLineOptions {
  /** How often what is not held is asked for, and the connection shown to be alive, ms. Default 1 000. */
  readonly rhythmMs?: number;
  /** A process that is silent for so long has lost its locks, by the database's own count and by ours, ms. Default 5 000. */
  readonly silenceMs?: number;
}

interface Wanted {
  readonly name: string;
  readonly won: () => void;
  readonly lost: () => void;
  isHeld: boolean;
}

const lockOf = `hashtextextended('crossdock lock ' || n.name, 0)`;
/** Session locks; touches no table. */
const tryLocks = `select n.name, pg_try_advisory_lock(${lockOf}) as held from unnest($1::text[]) as n (name)`;
const unlock = `select pg_advisory_unlock(${lockOf}) from unnest($1::text[]) as n (name)`;

const now = (): number => performance.now();

/**
 * Holds advisory locks on a connection of its own. A process that dies loses them with its socket; one that stands still, or is cut
 * off, when the server ends the silent session (`idle_session_timeout`). We count the same silence on our own monotonic clock, so
 * both sides come to know it without comparing clocks. Needs a session: a pooler in transaction mode between us does not do.
 */
export function createLockLine(
  database: Database,
  log: (event: string, details: Readonly<Record<string, string>>) => void,
  { rhythmMs = 1_000, silenceMs = 5_000 }: LockLineOptions = {},
): LockLine {
  const wanted = new Set<Wanted>();
  let client: pg.Client | undefined;
  let lastAnswer = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  function lose(gone: pg.Client, because: string): void {
    if (client !== gone) return;
    client = undefined;
    // A closing handshake would wait for a server that may not be there.
    (gone as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    const held = [...wanted].filter(({ isHeld }) => isHeld);
    if (!isClosed) log('locks-lost', { locks: held.map(({ name }) => name).join(', '), message: because });
    for (const each of held) {
      each.isHeld = false;
      each.lost();
    }
  }

  async function connected(): Promise<pg.Client> {
    if (client !== undefined && now() - lastAnswer >= silenceMs) lose(client, `silent for ${silenceMs} ms`);
    if (client !== undefined) return client;
    const settings = clientSettings(database.url, 'crossdock-locks');
    const opened = new pg.Client({
      ...settings,
      options: `${settings.options} -c idle_session_timeout=${silenceMs}`,
      connectionTimeoutMillis: silenceMs,
      query_timeout: silenceMs,
    });
    opened.on('error', (thrown) => lose(opened, thrown.message));
    opened.on('end', () => lose(opened, 'the connection ended'));
    await opened.connect();
    client = opened;
    lastAnswer = now();
    return opened;
  }

  /** Also with nothing to ask for: silence would cost what is held. */
  async function round(): Promise<void> {
    const on = await connected();
    const missing = [...wanted].filter(({ isHeld }) => !isHeld);
    const asked = now();
    try {
      const { rows } = await on.query<{ name: string; held: boolean }>(tryLocks, [missing.map(({ name }) => name)]);
      if (client !== on) return;
      lastAnswer = asked;
      const got = new Set(rows.filter(({ held }) => held).map(({ name }) => name));
      for (const each of missing) {
        if (!got.has(each.name)) continue;
        if (!wanted.has(each)) {
          await on.query(unlock, [[each.name]]);
          continue;
        }
        each.isHeld = true;
        each.won();
      }
    } catch (thrown) {
      lose(on, String(thrown));
      throw thrown;
    }
  }

  /** One at a time: a lock that is asked for twice is held twice. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const next = working.then(work);
    working = next.catch(() => undefined);
    return next;
  }

  function schedule(): void {
    timer = setTimeout(() => {
      inTurn(round)
        .catch((thrown: unknown) => log('locks-not-asked', { message: String(thrown) }))
        .finally(() => {
          if (!isClosed) schedule();
        });
    }, rhythmMs);
    timer.unref();
  }

  async function release(each: Wanted): Promise<void> {
    wanted.delete(each);
    await inTurn(async () => {
      if (!each.isHeld || client === undefined) return;
      each.isHeld = false;
      const on = client;
      await on.query(unlock, [[each.name]]).catch((thrown: unknown) => lose(on, String(thrown)));
    });
  }

  schedule();
  return {
    want: (name, told) => {
      const each: Wanted = { name, ...told, isHeld: false };
      wanted.add(each);
      return {
        isHeld: () => each.isHeld,
        tryNow: async () => {
          if (!each.isHeld) await inTurn(round);
          return each.isHeld;
        },
        giveBack: () => release(each),
      };
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await working;
      const open = client;
      // Ending the session gives the locks back.
      client = undefined;
      await open?.end().catch(() => undefined);
    },
  };
}

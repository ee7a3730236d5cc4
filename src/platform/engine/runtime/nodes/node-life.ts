import { type Database, openDatabase } from '#platform/storage';
import type { Log } from '../engine.ts';
import { beat as beatStatement, beginLife, endLife, readNodes } from '../sql/nodes.ts';

/** This node among the nodes that share the database. No clock of another machine is ever read. */
export interface NodeLife {
  readonly name: string;
  readonly epoch: number;
  /** Whether our beat was written within the lease, by our own monotonic clock. */
  holdsLease(): boolean;
  /** How often others may have thought us dead and taken what we own. */
  revivals(): number;
  /** Whether every other living node says that it knows this version of a flow. Not before peers were watched for a lease. */
  peersKnow(flow: string, version: number): boolean;
  /** Lives that are over, ours among them: what they owned is nobody's. */
  deadLives(): readonly DeadLife[];
  /** A later life has begun under our name: this one writes nothing any more. */
  isReplaced(): boolean;
  start(hooks: LifeHooks): void;
  /** Ends without a word, as a crash would. */
  stop(): void;
  /** Ends in order, and says so: the others need not wait for the lease. Call it when nothing is owned any more. */
  end(): Promise<void>;
}

/** A life that is over, and the last beat of it that was seen. */
export interface DeadLife {
  readonly name: string;
  readonly epoch: number;
  readonly beat: string;
}

export interface LifeHooks {
  /** A peer is dead, or has left: its effects are free to be taken over. Called again until it resolves. */
  readonly onDeath: (life: DeadLife) => Promise<void>;
  /** We stood still longer than the lease: what we own may have been taken over. Nothing is sent until this has resolved. */
  readonly onRevival: () => Promise<void>;
  /** A later life has begun under our name. Told once. */
  readonly onReplaced: () => void;
}

interface PeerRow {
  readonly name: string;
  readonly epoch: number;
  readonly beat: string;
  readonly versions: readonly string[] | null;
  readonly ended: boolean;
}

interface Seen {
  readonly epoch: number;
  readonly beat: string;
  readonly versions: readonly string[] | null;
  /** By our clock, and only while we could look. */
  since: number;
  isBuried: boolean;
}

export const versionName = (flow: string, version: number): string => `${flow}@${version}`;

const now = (): number => performance.now();

/** Over since the one that follows it began; its beat does not matter any more. */
const lifeBefore = ({ name, epoch }: { readonly name: string; readonly epoch: number }): DeadLife => ({
  name,
  epoch: epoch - 1,
  beat: '0',
});

/** Begins a new life under the name. */
export async function beginNodeLife(
  needs: { readonly database: Database; readonly log: Log },
  options: { readonly name: string; readonly leaseMs: number; readonly versions?: readonly string[] },
): Promise<NodeLife> {
  const { database, log } = needs;
  const { name, leaseMs } = options;
  const { rows } = await database.pool.query<{ epoch: number }>(beginLife, [
    name,
    JSON.stringify(options.versions ?? []),
  ]);
  const epoch = rows[0]?.epoch ?? 1;
  let lastBeat = now();
  let revivals = 0;
  let isFenced = false;
  let isRunning = false;
  let isWatching = false;
  let lastLook = now();
  const timers = new Set<NodeJS.Timeout>();
  const peers = new Map<string, Seen>();
  // A connection of its own: when all others are busy the node still lives, and one that was cut is noticed within the lease.
  const line = openDatabase({
    url: database.url,
    poolSize: 1,
    applicationName: 'crossdock-beat',
    statementPatienceMs: Math.max(1_000, leaseMs / 2),
  });

  async function beat({ onRevival, onReplaced }: LifeHooks): Promise<void> {
    // The lease counts from before the beat was sent: it may be written at any moment after.
    const asked = now();
    const { rowCount } = await line.pool.query(beatStatement, [name, epoch]);
    // Also one that was asked in time and took too long: others looked while it was under way.
    if (rowCount === 1 && now() - lastBeat >= leaseMs) {
      revivals += 1;
      await onRevival();
    }
    if (rowCount === 1) lastBeat = asked;
    else if (!isFenced) {
      isFenced = true;
      log('node-replaced', { node: name, epoch });
      onReplaced();
    }
  }

  async function watch({ onDeath }: LifeHooks): Promise<void> {
    const peersNow = await line.pool.query<PeerRow>(readNodes);
    // While the database was away no beat could be written: that time says nothing of anybody.
    const unseen = now() - lastLook;
    lastLook += unseen;
    if (unseen > leaseMs / 2) for (const seen of peers.values()) seen.since += unseen;
    for (const peer of peersNow.rows) {
      if (peer.name === name) continue;
      const seen = peers.get(peer.name);
      if (seen === undefined || seen.epoch !== peer.epoch || seen.beat !== peer.beat) {
        const { epoch, beat, versions } = peer;
        // It began anew before anybody thought it dead, perhaps as another program: what it knows no more is there for us.
        if (seen?.epoch !== epoch && seen?.isBuried !== true && epoch > 1) await onDeath(lifeBefore(peer));
        // One that had left before we came left nothing that our start did not find.
        const isBuried = peer.ended && !isWatching;
        peers.set(peer.name, { epoch, beat, versions, since: now(), isBuried });
      }
      const known = peers.get(peer.name);
      if (known === undefined || known.isBuried || !(peer.ended || now() - known.since > leaseMs)) continue;
      log(peer.ended ? 'node-left' : 'node-dead', { node: peer.name, epoch: peer.epoch });
      await onDeath(peer);
      // Only now: when the database was away in the middle, all of it is done again.
      known.isBuried = true;
    }
    isWatching = true;
  }

  /** Each in its own rhythm: seeing to a dead peer may take long, and our own beat must not wait for it. */
  function repeat(failure: string, everyMs: number, work: () => Promise<void>, delay = 0): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work()
        .catch((thrown: unknown) => log(failure, { message: String(thrown) }))
        .finally(() => {
          if (isRunning) repeat(failure, everyMs, work, everyMs);
        });
    }, delay);
    timers.add(timer);
  }

  function halt(): void {
    isRunning = false;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  function stop(): void {
    halt();
    void line.close();
  }

  return {
    name,
    epoch,
    holdsLease: () => !isFenced && now() - lastBeat < leaseMs,
    revivals: () => revivals,
    peersKnow: (flow, version) =>
      isWatching &&
      [...peers.values()].every(
        ({ isBuried, versions }) => isBuried || versions?.includes(versionName(flow, version)) === true,
      ),
    deadLives: () => [
      lifeBefore({ name, epoch }),
      ...[...peers]
        .map(([peer, { epoch, beat, isBuried }]) => ({ name: peer, epoch, beat, isBuried }))
        .filter(({ isBuried, epoch }) => isBuried || epoch > 1)
        .map(({ isBuried, ...peer }) => (isBuried ? peer : lifeBefore(peer))),
    ],
    isReplaced: () => isFenced,
    start: (hooks) => {
      isRunning = true;
      repeat('beat-failed', Math.max(20, leaseMs / 5), () => beat(hooks));
      // More often than they beat: what is seen late is seen dead late.
      repeat('nodes-not-watched', Math.max(20, Math.min(1_000, leaseMs / 20)), () => watch(hooks));
    },
    stop,
    end: async () => {
      halt();
      try {
        if (!isFenced) await line.pool.query(endLife, [name, epoch]);
      } catch (thrown) {
        log('node-left-without-a-word', { message: String(thrown) });
      } finally {
        stop();
      }
    },
  };
}

import type { Database } from '#platform/storage';
import type { Log } from './engine.ts';
import { beat as beatStatement, beginLife, readNodes } from './sql/nodes.ts';

/** This node among the nodes that share the database. No clock of another machine is ever read. */
export interface NodeLife {
  readonly name: string;
  readonly epoch: number;
  /** Whether our beat was written within the lease, by our own monotonic clock. */
  holdsLease(): boolean;
  start(hooks: LifeHooks): void;
  stop(): void;
}

export interface LifeHooks {
  /** A peer is dead: its effects are free to be taken over. */
  readonly onDeath: (name: string, epoch: number) => Promise<void>;
  /** We stood still longer than the lease: what we own may have been taken over. Nothing is sent until this has resolved. */
  readonly onRevival: () => Promise<void>;
}

interface Seen {
  readonly epoch: number;
  readonly beat: string;
  readonly since: number;
  isBuried: boolean;
}

const now = (): number => performance.now();

/** Begins a new life under the name. */
export async function beginNodeLife(
  needs: { readonly database: Database; readonly log: Log },
  options: { readonly name: string; readonly leaseMs: number },
): Promise<NodeLife> {
  const { database, log } = needs;
  const { name, leaseMs } = options;
  const { rows } = await database.pool.query<{ epoch: number }>(beginLife, [name]);
  const epoch = rows[0]?.epoch ?? 1;
  let lastBeat = now();
  let isFenced = false;
  let timer: NodeJS.Timeout | undefined;
  const peers = new Map<string, Seen>();

  async function beat({ onRevival }: LifeHooks): Promise<void> {
    // The lease counts from before the beat was sent: it may be written at any moment after.
    const asked = now();
    const stoodStill = asked - lastBeat >= leaseMs;
    const { rowCount } = await database.pool.query(beatStatement, [name, epoch]);
    if (rowCount === 1 && stoodStill) await onRevival();
    if (rowCount === 1) lastBeat = asked;
    else if (!isFenced) {
      isFenced = true;
      log('node-replaced', { node: name, epoch });
    }
  }

  async function watch({ onDeath }: LifeHooks): Promise<void> {
    const peersNow = await database.pool.query<{ name: string; epoch: number; beat: string }>(readNodes);
    for (const peer of peersNow.rows) {
      if (peer.name === name) continue;
      const seen = peers.get(peer.name);
      if (seen === undefined || seen.epoch !== peer.epoch || seen.beat !== peer.beat) {
        peers.set(peer.name, { epoch: peer.epoch, beat: peer.beat, since: now(), isBuried: false });
      } else if (!seen.isBuried && now() - seen.since > leaseMs) {
        seen.isBuried = true;
        log('node-dead', { node: peer.name, epoch: peer.epoch });
        await onDeath(peer.name, peer.epoch);
      }
    }
  }

  return {
    name,
    epoch,
    holdsLease: () => !isFenced && now() - lastBeat < leaseMs,
    start: (hooks) => {
      const round = (): void => {
        Promise.all([beat(hooks), watch(hooks)])
          .catch((thrown: unknown) => log('beat-failed', { message: String(thrown) }))
          .finally(() => {
            if (timer !== undefined) timer = setTimeout(round, Math.max(20, leaseMs / 5));
          });
      };
      timer = setTimeout(round, 0);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

import { resolve } from 'node:path';
import type { PeerKind } from './contender.ts';
import type { ContenderClient } from './contender-client.ts';
import type { Drive } from './drive.ts';
import { type Description, type Measure, measureOf, notRun } from './measure.ts';
import { bestPool, type PeakOptions, speed } from './peak.ts';
import { installPeers } from './peers/packages.ts';
import { type Entrant, figures, interleave, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';

interface Peer {
  readonly kind: PeerKind;
  /** The sizes at which it is tried; the best is compared with. */
  readonly pools: readonly number[];
  /** It is at its best with this many orders under way. */
  readonly inFlight: number;
  readonly atLeast: number;
}

/** Each at the settings at which it was fastest here; its own manual's advice for high load comes first. */
const peers: readonly Peer[] = [
  { kind: 'dbos', pools: [10, 20, 64, 128], inFlight: 128, atLeast: 6 },
  { kind: 'restate', pools: [0], inFlight: 128, atLeast: 3 },
  { kind: 'graphile-worker', pools: [10, 20], inFlight: 128, atLeast: 1 },
  { kind: 'pg-boss', pools: [20, 64], inFlight: 128, atLeast: 1 },
  { kind: 'medusa', pools: [10], inFlight: 16, atLeast: 1 },
];

/** Where the peers are installed: beside the working tree's other leftovers, never among the product's packages. */
const installedAt = resolve('.bench/peers');

const describe = (peer: Peer, against: string): Description => ({
  measure: 'P4',
  what: 'orders a second, closed loop',
  against,
  fsync: 'native',
  unit: 'flows/s',
  target: { atLeast: peer.atLeast },
});

/** P4: the same order on other people's engines, interleaved with ours on one PostgreSQL where they use one. */
export async function measurePeers(
  stage: Stage,
  ours: ContenderClient,
  { rounds, seconds, say }: PeakOptions,
): Promise<{ readonly measures: readonly Measure[]; readonly windows: Rounds }> {
  const drive: Drive = { lines: 15, inFlight: 128, rampSeconds: 1, seconds };
  let directory: string;
  try {
    directory = await installPeers(installedAt, say);
  } catch (thrown) {
    const because = `the peers cannot be installed here: ${thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)}`;
    return { measures: peers.map((peer) => notRun(describe(peer, peer.kind), because)), windows: new Map() };
  }
  const entrants: Entrant[] = [{ name: 'crossdock', contender: ours, drive }];
  const names = new Map<PeerKind, string[]>();
  const unable: Measure[] = [];
  for (const peer of peers) {
    for (const pool of peer.pools) {
      const name = pool === 0 ? peer.kind : `${peer.kind}, pool of ${pool}`;
      try {
        const contender = await stage.enter({ kind: peer.kind, pool, peers: directory });
        entrants.push({ name, contender, drive: { ...drive, inFlight: peer.inFlight } });
        names.set(peer.kind, [...(names.get(peer.kind) ?? []), name]);
      } catch (thrown) {
        unable.push(notRun(describe(peer, name), thrown instanceof Error ? thrown.message : String(thrown)));
      }
    }
  }
  say(`peers: 128 orders of 15 lines under way, ${rounds} rounds of ${seconds} s each`);
  const windows = await interleave(stage, entrants, rounds, say);
  const against = (name: string): readonly number[] => figures(windows, name, speed);
  const measures = peers.flatMap((peer): readonly Measure[] => {
    const tried = names.get(peer.kind) ?? [];
    if (tried.length === 0) return [];
    const best = bestPool(windows, tried);
    const note = peer.inFlight === 128 ? undefined : `it had ${peer.inFlight} orders under way, where it is fastest`;
    const described = { ...describe(peer, best), ...(note === undefined ? {} : { note }) };
    return [measureOf(described, against('crossdock'), against(best))];
  });
  return { measures: [...measures, ...unable], windows };
}

import type { Claimant } from './allotment.ts';

/** What a node says of itself in one lane, in the short form in which it is stored each second. */
export interface StoredDemand {
  /** Calls by urgency. */
  readonly c: readonly number[];
  /** Waiting by urgency. */
  readonly w: readonly number[];
  /** Under way. */
  readonly f: number;
  /** Age of the eldest, ms. */
  readonly o: number;
  /** Answers a second. */
  readonly r: number;
  /** Turn. */
  readonly t: number;
}

export interface PeerReading {
  readonly name: string;
  readonly epoch: number;
  readonly beat: number;
  readonly lanes: Readonly<Record<string, StoredDemand>>;
}

export interface LaneReading {
  readonly name: string;
  readonly concurrency: number;
  readonly perSecond: number | null;
  readonly portions: number;
  readonly revision: number;
  readonly probe: string | null;
  readonly coolMs: number | null;
  readonly pausedBy: string | null;
  /** How long the breaker stays shut; null while closed. */
  readonly leftMs: number | null;
}

/** What one round reads. */
export interface RoundReading {
  /** 0: we were buried. */
  readonly alive: number;
  readonly taken: readonly (readonly [lane: string, number: number])[];
  readonly held: readonly (readonly [lane: string, number: number, holder: string])[];
  readonly peers: readonly PeerReading[];
  readonly lanes: readonly LaneReading[];
  /** Lanes with work that nobody owns, and the priority of the most urgent of it. */
  readonly waiting: readonly (readonly [lane: string, floor: number])[];
}

/** The peers that take part in a lane. */
export const claimantsIn = (peers: readonly PeerReading[], lane: string): readonly Claimant[] =>
  peers.flatMap(({ name, lanes }) => {
    const stored = lanes[lane];
    return stored === undefined ? [] : [{ node: name, calls: stored.c, turn: stored.t }];
  });

/** Tells by its own monotonic clock which peers have let their beat stand still for so long. */
export function createWake(graceMs: number) {
  const seen = new Map<string, { readonly epoch: number; readonly beat: number; readonly since: number }>();
  return {
    /** Takes what was read; a beat was written at some moment before. */
    look: (peers: readonly PeerReading[], now: number): void => {
      const names = new Set(peers.map(({ name }) => name));
      for (const name of seen.keys()) if (!names.has(name)) seen.delete(name);
      for (const { name, epoch, beat } of peers) {
        const known = seen.get(name);
        if (known?.epoch !== epoch || known.beat !== beat) seen.set(name, { epoch, beat, since: now });
      }
    },
    dead: (now: number): readonly { readonly name: string; readonly epoch: number; readonly beat: number }[] =>
      [...seen]
        .filter(([, { since }]) => now - since > graceMs)
        .map(([name, { epoch, beat }]) => ({ name, epoch, beat })),
  };
}

import type { Clock } from '#model/kernel';
import type { Database } from '#platform/storage';
import type { Owner } from '../commit/batch-values.ts';
import type { Log } from '../engine.ts';
import { enterLanes, laneRound, leaveLanes, registerLane } from '../sql/lanes.ts';
import { portionsOf } from './allotment.ts';
import type { Lane, LaneHooks } from './lane.ts';
import { createLaneHolding, type LaneHolding } from './lane-holding.ts';
import { createLaneLink } from './lane-link.ts';
import { createMaintenance } from './lane-maintenance.ts';
import { createWake, type PeerReading, type RoundReading } from './lane-readings.ts';
import { createLaneStanding, type LaneStanding } from './lane-standing.ts';
import type { LaneBudget, LaneEvent } from './lane-status.ts';

/** Shares the lanes' budgets out with the other nodes. No advance of a run waits for it. */
export interface LaneExchange {
  /** Takes part in a lane: until the first round nothing of it is ours. */
  join(name: string, budget: LaneBudget, make: (hooks: LaneHooks) => Lane): Lane;
  /** Makes lanes known before they have work. */
  declare(lanes: readonly { readonly instance: string; readonly lane: LaneBudget }[]): Promise<void>;
  budgetOf(name: string): LaneBudget | undefined;
  /** What is known may not be true any more. */
  readAgain(): void;
  /** Others are to look at once. */
  notify(): void;
  start(): void;
  /** After the last call: all of ours is free at once. */
  leave(): Promise<void>;
  kill(): void;
}

export interface ExchangeNeeds {
  readonly database: Database;
  readonly owner: Owner;
  readonly clock: Clock;
  readonly log: Log;
  readonly onLane: (event: LaneEvent) => void;
  /** Lanes that have work which nobody owns. */
  readonly onWaiting: (lanes: RoundReading['waiting']) => void;
}

interface Member {
  readonly holding: LaneHolding;
  readonly standing: LaneStanding;
  readonly budget: LaneBudget;
  isRegistered: boolean;
}

/** Rounds one after the other without a pause, while portions change hands. */
const mostInARow = 4;
/** Between rounds for which somebody asked, ms. */
const shortestPauseMs = 40;

export function createLaneExchange(needs: ExchangeNeeds, options: { readonly leaseMs: number }): LaneExchange {
  const { owner, clock, log } = needs;
  const me = owner.name;
  const everyMs = Math.min(1_000, options.leaseMs / 6);
  // A node stops using what it holds well before the others may hand it out again, each on its own monotonic clock.
  const validMs = (options.leaseMs * 2) / 3;
  const wake = createWake(options.leaseMs);
  const now = (): number => performance.now();
  const members = new Map<string, Member>();
  let peers: readonly PeerReading[] = [];
  let isEntered = false;
  let isDead = false;
  let isRunning = false;
  let isAskedAgain = false;
  let began = 0;
  let passed = 0;
  let notified = 0;
  let timer: NodeJS.Timeout | undefined;
  const link = createLaneLink(
    { database: needs.database, name: `${me}/${owner.epoch}`, log, onNotice: () => soon() },
    { patienceMs: Math.max(1_000, validMs / 2) },
  );

  async function enter(): Promise<void> {
    for (const [name, member] of members) {
      if (member.isRegistered) continue;
      await register(name, member.budget);
      member.isRegistered = true;
    }
    if (isEntered) return;
    const entered = await link.query(enterLanes, [me, owner.epoch]);
    // A later life of this node is there: nothing is ours any more.
    if (entered.length === 0) throw new Error('a later life of this node has its lanes');
    isEntered = true;
  }

  const register = (name: string, budget: LaneBudget): Promise<unknown> =>
    link.query(registerLane, [name, budget.concurrency, budget.perSecond ?? null, portionsOf(budget).count]);

  /** One round; answers whether another at once would change something. */
  async function round(): Promise<boolean> {
    const asked = now();
    await enter();
    const all = [...members].filter(([, { isRegistered }]) => isRegistered);
    const isWholeTurn = asked - passed >= everyMs;
    if (isWholeTurn) passed = asked;
    const stored = Object.fromEntries(all.map(([name, { holding }]) => [name, holding.stored()]));
    const given = all.flatMap(([name, { holding }]) => holding.give().map((number) => ({ name, number })));
    const missing = all.flatMap(([name, { holding }]) =>
      holding.missing > 0 ? [{ name, more: holding.missing }] : [],
    );
    const dead = wake.dead(asked);
    const [reading] = await link.query<RoundReading>(laneRound, [
      me,
      owner.epoch,
      JSON.stringify(stored),
      dead.map(({ name }) => name),
      dead.map(({ epoch }) => epoch),
      dead.map(({ beat }) => beat),
      given.map(({ name }) => name),
      given.map(({ number }) => number),
      missing.map(({ name }) => name),
      missing.map(({ more }) => more),
      all.map(([name]) => name),
      isWholeTurn,
    ]);
    if (reading === undefined || isDead) return false;
    if (reading.alive === 0) {
      isEntered = false;
      for (const [, { holding }] of all) holding.lose();
      log('lanes-lost', { node: me });
      return true;
    }
    return settle(all, reading, new Set(given.map(({ name, number }) => `${name}/${number}`)), asked, isWholeTurn);
  }

  function settle(
    all: readonly (readonly [string, Member])[],
    reading: RoundReading,
    given: ReadonlySet<string>,
    asked: number,
    isWholeTurn: boolean,
  ): boolean {
    peers = reading.peers;
    wake.look(peers, now());
    let isMoving = false;
    let othersMayGive = false;
    for (const [name, { holding, standing }] of all) {
      const free = holding.read(reading, given, me);
      const othersHaveMore = holding.aim(me, peers);
      if (isWholeTurn) holding.passTurn();
      if (holding.missing > 0 && free > 0) isMoving = true;
      if (holding.missing > 0 && othersHaveMore) othersMayGive = true;
      if (holding.canGive) isMoving = true;
      const row = reading.lanes.find((each) => each.name === name);
      if (row) standing.adopt(row);
      // Counted from before we asked: others count from after it was written.
      holding.use(asked + validMs);
      holding.lane.pump();
    }
    if (isWholeTurn) needs.onWaiting(reading.waiting);
    if (given.size > 0 || (othersMayGive && asked - notified > 200)) {
      notified = asked;
      void link.notify();
    }
    return isMoving;
  }

  async function rounds(): Promise<void> {
    isRunning = true;
    isAskedAgain = false;
    clearTimeout(timer);
    const at = clock.now();
    for (const { standing } of members.values()) standing.look(at);
    began = now();
    try {
      for (let number = 0; number < mostInARow && members.size > 0 && !isDead; number += 1) if (!(await round())) break;
    } catch (thrown) {
      if (!isDead) log('lanes-not-shared', { message: String(thrown) });
    }
    isRunning = false;
    if (isDead) return;
    clearTimeout(timer);
    timer = setTimeout(() => void rounds(), isAskedAgain ? pause() : everyMs);
  }

  const pause = (): number => Math.max(0, shortestPauseMs - (now() - began));

  /** A round as soon as may be. */
  function soon(): void {
    if (isDead || isAskedAgain) return;
    isAskedAgain = true;
    if (isRunning) return;
    clearTimeout(timer);
    timer = setTimeout(() => void rounds(), pause());
  }

  return {
    join: (name, budget, make) => {
      const standing = createLaneStanding({
        lane: () => lane,
        name,
        me,
        link,
        log,
        now,
        maintenance: createMaintenance(budget.maintenance ?? []),
        onLane: needs.onLane,
        readAgain: soon,
        isDead: () => isDead,
      });
      let askedAt = 0;
      const lane: Lane = make({
        tell: standing.tell,
        askForProbe: standing.askForProbe,
        short: () => {
          // Where nobody else is, or we have asked just now, asking changes nothing.
          if (isAskedAgain || peers.length === 0 || now() - askedAt < 100) return;
          askedAt = now();
          soon();
        },
        freed: () => {
          if (holding.surplus > 0) soon();
        },
      });
      const holding = createLaneHolding(lane, budget);
      standing.look(clock.now());
      members.set(name, { holding, standing, budget, isRegistered: false });
      began = 0;
      soon();
      return lane;
    },
    declare: async (lanes) => {
      for (const { instance, lane } of lanes) await register(instance, lane);
    },
    budgetOf: (name) => members.get(name)?.budget,
    readAgain: soon,
    notify: () => void link.notify(),
    start: () => {
      timer ??= setTimeout(() => void rounds(), everyMs);
    },
    leave: async () => {
      isDead = true;
      clearTimeout(timer);
      try {
        if (isEntered) await link.query(leaveLanes, [me, owner.epoch]);
        await link.notify();
      } catch (thrown) {
        // Then the others wait until it is certain.
        log('lanes-not-left', { message: String(thrown) });
      }
      link.close();
    },
    kill: () => {
      isDead = true;
      clearTimeout(timer);
      link.close();
    },
  };
}

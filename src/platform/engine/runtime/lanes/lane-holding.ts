import { type Budget, fairShares, type Portions, portionsOf, shareOf, slotsOf } from './allotment.ts';
import type { Lane, LaneDemand } from './lane.ts';
import {
  claimantsIn,
  type LaneReading,
  type PeerReading,
  type RoundReading,
  type StoredDemand,
} from './lane-readings.ts';

/** This node's part of one lane's budget. */
export interface LaneHolding {
  readonly lane: Lane;
  /** Portions to give back now: what is beyond our target and not in use. They are used no more from here on. */
  give(): readonly number[];
  /** Whether there is such a portion. */
  readonly canGive: boolean;
  /** How many more we should have. */
  readonly missing: number;
  /** What a round read; answers how many portions nobody has. */
  read(reading: RoundReading, given: ReadonlySet<string>, me: string): number;
  /** We were buried: nothing is ours. */
  lose(): void;
  /** Works out from what is known what each node should have. Answers whether another has more than it should. */
  aim(me: string, peers: readonly PeerReading[]): boolean;
  /** Portions beyond our target. */
  readonly surplus: number;
  /** Another round has passed. */
  passTurn(): void;
  stored(): StoredDemand;
  /** Lets the lane use what is ours until then. */
  use(until: number): void;
}

const longestTurn = 1_000;

export function createLaneHolding(lane: Lane, initial: Budget): LaneHolding {
  let portions: Portions = portionsOf(initial);
  let held: readonly number[] = [];
  let others = new Map<string, number>();
  // Until others are known: all that is free.
  let target = portions.count;
  let turn = 0;
  let demand: LaneDemand = lane.demand();
  let until = 0;

  const needsSome = (): boolean => demand.calls.some((calls) => calls > 0);

  function use(): void {
    const share = shareOf(portions, held.slice(0, Math.max(0, target)));
    lane.share({ ...share, until, isPart: share.slots < portions.budget.concurrency });
  }

  function learnBudget({ concurrency, perSecond, portions: count }: LaneReading): void {
    const { budget } = portions;
    if (budget.concurrency === concurrency && (budget.perSecond ?? null) === perSecond && portions.count === count)
      return;
    const hadAll = target >= portions.count;
    portions = { budget: perSecond === null ? { concurrency } : { concurrency, perSecond }, count };
    if (hadAll) target = count;
  }

  function spare(): readonly number[] {
    let slots = shareOf(portions, held).slots;
    const given: number[] = [];
    // Calls under way count: as many slots as they take are kept until they have ended.
    for (const number of held.slice(Math.max(0, target)).reverse()) {
      const fewer = slots - slotsOf(portions, number);
      if (fewer < lane.inFlight) break;
      slots = fewer;
      given.push(number);
    }
    return given;
  }

  const holding: LaneHolding = {
    lane,
    get canGive() {
      return spare().length > 0;
    },
    give: () => {
      const given = spare();
      held = held.filter((number) => !given.includes(number));
      use();
      return given;
    },
    get missing() {
      return target - held.length;
    },
    get surplus() {
      return held.length - target;
    },
    read: ({ held: all, taken, lanes }, given, me) => {
      const mine = new Set<number>();
      others = new Map();
      for (const [name, number, holder] of all) {
        if (name !== lane.instance) continue;
        if (holder !== me) others.set(holder, (others.get(holder) ?? 0) + 1);
        else if (!given.has(`${name}/${number}`)) mine.add(number);
      }
      for (const [name, number] of taken) if (name === lane.instance) mine.add(number);
      held = [...mine].sort((one, other) => one - other);
      const reading = lanes.find(({ name }) => name === lane.instance);
      if (reading) learnBudget(reading);
      return portions.count - held.length - [...others.values()].reduce((sum, each) => sum + each, 0);
    },
    lose: () => {
      held = [];
      use();
    },
    aim: (me, peers) => {
      const claimants = [{ node: me, calls: demand.calls, turn }, ...claimantsIn(peers, lane.instance)];
      const shares = fairShares(portions, claimants);
      target = shares.get(me) ?? 0;
      return [...others].some(([node, count]) => count > (shares.get(node) ?? 0));
    },
    passTurn: () => {
      if (!needsSome()) turn = 0;
      else if (held.length > 0) turn = Math.max(-longestTurn, Math.min(turn, 0) - 1);
      else turn = Math.min(longestTurn, Math.max(turn, 0) + 1);
    },
    stored: () => {
      demand = lane.demand();
      const { concurrency } = portions.budget;
      // Nobody needs to know of more than could ever be given.
      const calls = demand.calls.map((each) => Math.min(each, concurrency));
      demand = { ...demand, calls };
      return { c: calls, w: demand.waiting, f: demand.inFlight, o: demand.oldestMs, r: demand.perSecond, t: turn };
    },
    use: (end) => {
      until = end;
      use();
    },
  };
  return holding;
}

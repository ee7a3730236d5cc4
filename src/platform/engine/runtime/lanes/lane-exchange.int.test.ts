import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createBreaker } from './breaker.ts';
import type { Lane, LaneHooks, LaneShare } from './lane.ts';
import { createLaneExchange, type LaneExchange } from './lane-exchange.ts';
import { createLaneQueue } from './lane-queue.ts';

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A node that calls nobody: it takes slots and gives them back as it is told. */
interface Node {
  readonly exchange: LaneExchange;
  share: LaneShare;
  inFlight: number;
  wants: number;
  isStopped: boolean;
}

describe('portions of a lane', () => {
  let own: TestDatabase;
  let lanes = 0;
  beforeAll(async () => {
    own = await testDatabase({ poolSize: 10 });
  });
  afterAll(() => own.drop());

  function join(name: string, lane: string, epoch: number, concurrency: number): Node {
    const exchange = createLaneExchange(
      {
        database: own.database,
        owner: { name, epoch },
        clock: systemClock,
        log: () => undefined,
        onLane: () => undefined,
        onWaiting: () => undefined,
      },
      { leaseMs: 360 },
    );
    const node: Node = {
      exchange,
      share: { slots: 0, perSecond: undefined, until: 0, isPart: true },
      inFlight: 0,
      wants: 0,
      isStopped: false,
    };
    const make = (given: LaneHooks): Lane => {
      return {
        instance: lane,
        queue: createLaneQueue(),
        breaker: createBreaker({ threshold: 5, coolMs: 1_000 }, given.tell),
        get inFlight() {
          return node.inFlight;
        },
        delayed: 0,
        hasBacklog: false,
        isHeld: false,
        share: (share) => {
          node.share = share;
        },
        demand: () => ({
          calls: [0, 0, node.wants, 0, 0],
          waiting: [0, 0, node.wants, 0, 0],
          inFlight: node.inFlight,
          oldestMs: 0,
          perSecond: 0,
        }),
        pump: () => undefined,
        counted: () => undefined,
        metrics: () => {
          throw new Error('nobody asks');
        },
        stop: () => undefined,
      };
    };
    exchange.join(lane, { concurrency }, make);
    return node;
  }

  const mayCall = ({ share, inFlight }: Node): boolean => inFlight < share.slots && performance.now() < share.until;

  test('are never together more than the budget, while nodes come, go, die and stand still', async () => {
    const moves = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 9 })), { minLength: 250, maxLength: 250 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), moves, async (budget, all) => {
        lanes += 1;
        const lane = `lane-${lanes}`;
        const names = ['a', 'b', 'c', 'd'].map((name) => `${name}-${lanes}`);
        const epochs = names.map(() => 1);
        const nodes = names.map((name) => join(name, lane, 1, budget));
        let most = 0;
        let calls = 0;
        for (const [which, what] of all) {
          const node = nodes[which] as Node;
          // What is under way at the target counts, whether its node still lives or not.
          const underWay = (): number => nodes.reduce((sum, { inFlight }) => sum + inFlight, 0);
          if (what < 5) node.wants = what * 3;
          while (node.wants > 0 && !node.isStopped && mayCall(node)) {
            node.inFlight += 1;
            calls += 1;
          }
          most = Math.max(most, underWay());
          if (what >= 5) node.inFlight = Math.max(0, node.inFlight - what + 4);
          if (what === 9 && !node.isStopped && which > 0) {
            // It dies; its calls under way end with it, and it comes back under its name in another life.
            node.isStopped = true;
            node.exchange.kill();
            node.inFlight = 0;
            const epoch = (epochs[which] ?? 1) + 1;
            epochs[which] = epoch;
            nodes[which] = join(names[which] as string, lane, epoch, budget);
          }
          // Together what may be called now, wherever.
          const valid = nodes.filter(({ share, isStopped }) => !isStopped && performance.now() < share.until);
          expect(
            valid.reduce((sum, { share, inFlight }) => sum + Math.max(share.slots, inFlight), 0),
          ).toBeLessThanOrEqual(budget);
          await pause(4);
        }
        for (const node of nodes) node.exchange.kill();
        expect(most).toBeLessThanOrEqual(budget);
        expect(calls).toBeGreaterThan(0);
      }),
      { numRuns: 3 },
    );
  });

  test('of a node that cannot reach the database are not used when the others may have them', async () => {
    lanes += 1;
    const [one, two] = [join('cut', `lane-${lanes}`, 1, 4), join('here', `lane-${lanes}`, 1, 4)];
    one.wants = 9;
    while (one.share.slots === 0) await pause(5);
    one.exchange.kill();
    two.wants = 9;
    for (const end = performance.now() + 5_000; performance.now() < end && two.share.slots < 4; ) {
      const isOverlap = performance.now() < one.share.until && one.share.slots + two.share.slots > 4;
      expect(isOverlap).toBe(false);
      await pause(5);
    }
    expect(two.share.slots).toBe(4);
    expect(performance.now()).toBeGreaterThan(one.share.until);
    two.exchange.kill();
  });
});

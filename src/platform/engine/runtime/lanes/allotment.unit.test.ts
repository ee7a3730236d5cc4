import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Budget, type Claimant, fairShares, portionsOf, shareOf } from './allotment.ts';

const budgets: fc.Arbitrary<Budget> = fc
  .record({ concurrency: fc.integer({ min: 1, max: 200 }), perSecond: fc.option(fc.integer({ min: 1, max: 500 })) })
  .map(({ concurrency, perSecond }) => (perSecond === null ? { concurrency } : { concurrency, perSecond }));
const claimants: fc.Arbitrary<readonly Claimant[]> = fc.uniqueArray(
  fc.record({
    node: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    calls: fc.array(fc.nat({ max: 300 }), { minLength: 5, maxLength: 5 }),
    turn: fc.integer({ min: -50, max: 50 }),
  }),
  { selector: ({ node }) => node },
);
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, each) => total + each, 0);
const claim = (node: string, calls: Partial<Record<0 | 1 | 2 | 3 | 4, number>> = {}, turn = 0): Claimant => ({
  node,
  calls: [0, 1, 2, 3, 4].map((urgency) => calls[urgency as 0] ?? 0),
  turn,
});

describe('portions of a budget', () => {
  test('however they are held, are together the budget and never more', () => {
    fc.assert(
      fc.property(budgets, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }), (budget, by) => {
        const portions = portionsOf(budget);
        const held = [0, 1, 2, 3].map((node) =>
          Array.from({ length: portions.count }, (_, index) => index + 1).filter((number) => by[number] === node),
        );
        const shares = held.map((numbers) => shareOf(portions, numbers));
        expect(sum(shares.map(({ slots }) => slots))).toBe(budget.concurrency);
        const rate = sum(shares.map(({ perSecond }) => perSecond ?? 0));
        expect(rate).toBeCloseTo(budget.perSecond ?? 0, 6);
        // What may go at once after a rest: a quarter of a second's worth, whoever holds it.
        const atOnce = sum(shares.map(({ perSecond }) => (perSecond ? Math.max(1, perSecond / 4) : 0)));
        expect(atOnce).toBeLessThanOrEqual(Math.max(1, (budget.perSecond ?? 4) / 4) + 1e-6);
      }),
    );
  });

  test('that are not there any more give nothing', () => {
    expect(shareOf(portionsOf({ concurrency: 2 }), [2, 3, 99])).toEqual({ slots: 1, perSecond: undefined });
  });
});

describe('fair shares', () => {
  const eight = portionsOf({ concurrency: 8 });

  test('are together all there is and never more, whatever is asked', () => {
    fc.assert(
      fc.property(budgets, claimants, (budget, all) => {
        const portions = portionsOf(budget);
        const shares = fairShares(portions, all);
        expect(sum(shares.values())).toBe(all.length === 0 ? 0 : portions.count);
      }),
    );
  });

  test('are everything for one node', () => {
    expect(fairShares(eight, [claim('a')])).toEqual(new Map([['a', 8]]));
  });

  test('are even where nobody, or everybody, has need', () => {
    const even = new Map([
      ['a', 3],
      ['b', 3],
      ['c', 2],
    ]);
    expect(
      fairShares(
        eight,
        ['a', 'b', 'c'].map((node) => claim(node)),
      ),
    ).toEqual(even);
    expect(
      fairShares(
        eight,
        ['a', 'b', 'c'].map((node) => claim(node, { 2: 100 })),
      ),
    ).toEqual(even);
  });

  test('go to the most urgent first, wherever it is', () => {
    const shares = fairShares(eight, [claim('a', { 4: 1_000 }), claim('b', { 1: 5 })]);
    expect(shares).toEqual(
      new Map([
        ['a', 3],
        ['b', 5],
      ]),
    );
  });

  test('of fewer portions than nodes go to everyone in turn', () => {
    const two = portionsOf({ concurrency: 2 });
    const turns = new Map([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]);
    const had = new Map<string, number>();
    for (let second = 0; second < 30; second += 1) {
      const shares = fairShares(
        two,
        [...turns].map(([node, turn]) => claim(node, { 2: 10 }, turn)),
      );
      for (const [node, share] of shares) {
        had.set(node, (had.get(node) ?? 0) + share);
        const turn = turns.get(node) ?? 0;
        turns.set(node, share > 0 ? Math.min(turn, 0) - 1 : Math.max(turn, 0) + 1);
      }
    }
    for (const node of turns.keys()) expect(had.get(node)).toBeGreaterThan(15);
  });
});

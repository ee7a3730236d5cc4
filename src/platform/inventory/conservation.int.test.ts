import { array, asyncProperty, boolean, assert as check, constantFrom, integer, nat, oneof, record } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, type Decimal, decimal, subtract, sum, zero } from '#model/kernel';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { createInventory } from './inventory.ts';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

const item = constantFrom('a', 'b');
const site = constantFrom('NORTH', 'SOUTH');
const demand = constantFrom('d1', 'd2', 'd3');
const lines = array(record({ item, quantity: integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 3 });
const anything = oneof(
  record({ act: constantFrom('reserve' as const), demand, lines, wholeOrNothing: boolean() }),
  record({ act: constantFrom('hold' as const), demand, lines, wholeOrNothing: boolean() }),
  record({ act: constantFrom('confirm' as const, 'expire' as const), demand }),
  record({ act: constantFrom('release' as const), demand, site }),
  record({ act: constantFrom('ship' as const), demand, site, lines, short: nat(2) }),
  record({ act: constantFrom('adjust' as const), item, site, by: nat(5) }),
);

test('whatever is asked at once, stock is conserved and claims add up', async () => {
  let run = 0;
  const property = asyncProperty(
    array(array(anything, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
    async (turns) => {
      run += 1;
      let keys = 0;
      const inventory = createInventory(own);
      const named = (name: string) => `${run}-${name}`;
      const key = () => ({ key: `${run}:${++keys}` });
      const start = ['a', 'b'].flatMap((name) =>
        ['NORTH', 'SOUTH'].map((place) => ({ item: named(name), site: place, unit: 'EA', onHand: decimal(10) })),
      );
      await inventory.setLevels(start);
      let expected: Decimal = decimal(40);

      const act = async (step: (typeof turns)[number][number]): Promise<void> => {
        if (step.act === 'adjust') {
          const change = { item: named(step.item), site: step.site, unit: 'EA', by: decimal(step.by) };
          await inventory.adjust({ reason: 'arrived', changes: [change] }, key());
          expected = add(expected, change.by);
          return;
        }
        const mine = { demand: named(step.demand) };
        if (step.act === 'confirm') await inventory.confirm(mine, key());
        if (step.act === 'expire') await inventory.expire('2026-06-01T00:00:00.000Z');
        if (step.act === 'release') await inventory.release({ ...mine, site: step.site }, key());
        if (step.act === 'reserve' || step.act === 'hold') {
          const asked = step.lines.map((line, index) => ({
            lineNumber: index + 1 + (line.item === 'a' ? 0 : 10),
            item: named(line.item),
            quantity: decimal(line.quantity),
            unit: 'EA',
          }));
          const request = { ...mine, wholeOrNothing: step.wholeOrNothing, lines: asked };
          const until = '2026-01-01T00:00:00.000Z';
          const answer = await (step.act === 'hold'
            ? inventory.hold({ ...request, until }, key())
            : inventory.reserve(request, key()));
          for (const [index, line] of asked.entries()) {
            const got = answer.lines.find(({ lineNumber }) => lineNumber === line.lineNumber);
            expect(
              add(sum(got?.places.map(({ quantity }) => quantity) ?? []), got?.short ?? zero),
              `line ${index}`,
            ).toBe(line.quantity);
          }
        }
        if (step.act === 'ship') {
          const left = step.lines.map((line, index) => ({
            lineNumber: index + 1 + (line.item === 'a' ? 0 : 10),
            item: named(line.item),
            shipped: decimal(line.quantity),
            short: decimal(step.short),
          }));
          const { unexplained } = await inventory.ship({ ...mine, site: step.site, lines: left }, key());
          const out = sum(left.flatMap(({ shipped, short }) => [shipped, short]));
          expected = add(subtract(expected, out), sum(unexplained.map(({ quantity }) => quantity)));
        }
      };
      for (const turn of turns) await Promise.all(turn.map(act));

      const { rows } = await own.database.pool.query<{ on_hand: Decimal; reserved: Decimal; claimed: Decimal }>(
        `select trim_scale(on_hand)::text as on_hand, trim_scale(reserved)::text as reserved,
         coalesce((select trim_scale(sum(quantity))::text from reservation
           where reservation.item = position.item and reservation.site = position.site), '0') as claimed
       from stock_position as position where item = any ($1)`,
        [[named('a'), named('b')]],
      );
      expect(sum(rows.map(({ on_hand }) => on_hand))).toBe(expected);
      for (const { reserved, claimed } of rows) expect(reserved).toBe(claimed);
    },
  );
  await check(property, { numRuns: 60 });
});

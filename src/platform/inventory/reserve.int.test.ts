import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal, Fault } from '#model/kernel';
import { openTestStock, placesOf, type TestStock } from './test-stock.ts';

let stock: TestStock;
beforeAll(async () => {
  stock = await openTestStock();
});
afterAll(() => stock.own.drop());

describe('a firm claim', () => {
  test('takes all from the one site that has everything, though another has more of some', async () => {
    const a = await stock.stocked({ NORTH: '5', SOUTH: '50' });
    const b = await stock.stocked({ NORTH: '5', SOUTH: '1' });
    const answer = await stock.inventory.reserve(
      stock.want([
        [a, '3'],
        [b, '2'],
      ]),
      stock.fresh(),
    );
    expect(placesOf(answer)).toEqual([['3@NORTH'], ['2@NORTH']]);
  });

  test('else takes line by line from the fullest site first and says what is short', async () => {
    const a = await stock.stocked({ NORTH: '5', SOUTH: '8' });
    const answer = await stock.inventory.reserve(
      stock.want([
        [a, '10'],
        ['no-such-item', '1'],
      ]),
      stock.fresh(),
    );
    expect(placesOf(answer)).toEqual([['8@SOUTH', '2@NORTH'], ['short 1']]);
    expect(await stock.available(a)).toEqual({ NORTH: '3', SOUTH: '0' });
  });

  test('counts two lines of the same item together', async () => {
    const a = await stock.stocked({ NORTH: '5', SOUTH: '2.5' });
    const answer = await stock.inventory.reserve(
      stock.want([
        [a, '4'],
        [a, '4'],
      ]),
      stock.fresh(),
    );
    expect(placesOf(answer)).toEqual([['4@NORTH'], ['2.5@SOUTH', '1@NORTH', 'short 0.5']]);
    expect(await stock.available(a)).toEqual({ NORTH: '0', SOUTH: '0' });
  });

  test('that wants the whole or nothing claims nothing when anything is short', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    const b = await stock.stocked({ NORTH: '1' });
    const answer = await stock.inventory.reserve(
      stock.want(
        [
          [a, '5'],
          [b, '2'],
        ],
        true,
      ),
      stock.fresh(),
    );
    expect(placesOf(answer)).toEqual([['short 5'], ['short 2']]);
    expect(await stock.available(a)).toEqual({ NORTH: '5' });
  });

  test('leaves the safety stock alone', async () => {
    const a = await stock.stocked({ NORTH: '10' });
    await stock.inventory.setSafetyStock([{ item: a, site: 'NORTH', quantity: decimal('4') }]);
    expect(placesOf(await stock.inventory.reserve(stock.want([[a, '8']]), stock.fresh()))).toEqual([
      ['6@NORTH', 'short 2'],
    ]);
  });

  test('with a key that was used gets the same answer and claims nothing more', async () => {
    const a = await stock.stocked({ NORTH: '5' });
    const request = stock.want([[a, '3']]);
    const first = await stock.inventory.reserve(request, { key: 'same' });
    expect(await stock.inventory.reserve(request, { key: 'same' })).toEqual(first);
    expect(await stock.available(a)).toEqual({ NORTH: '2' });
  });

  test('sent twenty times at once under one key claims once, and all get the answer', async () => {
    const a = await stock.stocked({ NORTH: '100' });
    const request = stock.want([[a, '3']]);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stock.inventory.reserve(request, { key: 'at-once' })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await stock.available(a)).toEqual({ NORTH: '97' });
  });

  test('adds to what the demand has when it comes again under another key', async () => {
    const a = await stock.stocked({ NORTH: '2' });
    const request = stock.want([[a, '5']]);
    await stock.inventory.reserve(request, stock.fresh());
    const restock = { reason: 'arrived', changes: [{ item: a, site: 'NORTH', unit: 'EA', by: decimal('10') }] };
    await stock.inventory.adjust(restock, stock.fresh());
    const rest = { ...request, lines: request.lines.map((line) => ({ ...line, quantity: decimal('3') })) };
    expect(placesOf(await stock.inventory.reserve(rest, stock.fresh()))).toEqual([['3@NORTH']]);
    const { released } = await stock.inventory.release(request, stock.fresh());
    expect(released).toEqual([{ lineNumber: 1, site: 'NORTH', quantity: '5' }]);
  });

  test.each([
    ['another demand under a used key', { demand: 'another' }, 'key-reused'],
    ['a unit that is not the stocked one', { unit: 'CA' }, 'unit-mismatch'],
    ['a quantity of zero', { quantity: '0' }, 'invalid-stock-request'],
    ['a quantity that is no decimal', { quantity: '1e3' }, 'invalid-stock-request'],
    ['a line twice', { twice: true }, 'invalid-stock-request'],
    ['no line', { none: true }, 'invalid-stock-request'],
  ])('refuses %s', async (_, wrong: Record<string, unknown>, code) => {
    const a = await stock.stocked({ NORTH: '5' });
    const key = stock.next('key');
    const good = stock.want([[a, '1']]);
    if ('demand' in wrong) await stock.inventory.reserve(good, { key });
    const line = { ...good.lines[0], ...wrong } as (typeof good.lines)[number];
    const lines = 'none' in wrong ? [] : 'twice' in wrong ? [line, line] : [line];
    const fault = await stock.inventory
      .reserve({ ...good, ...wrong, lines }, { key })
      .catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toMatchObject({ kind: 'permanent', code });
    expect(await stock.available(a)).toEqual({ NORTH: 'demand' in wrong ? '4' : '5' });
  });
});

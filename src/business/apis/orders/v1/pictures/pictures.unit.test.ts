import { describe, expect, test } from 'vitest';
import { CancelRequested, fulfilment, orderToCash } from '#business/flows';
import { underWay } from '#business/flows/testing';
import { decimal, Fault } from '#model/kernel';
import { ShipmentConfirmed } from '#model/messages';
import { deadline } from '#platform/engine';
import { compileSchema } from '#platform/gateway';
import { OrderPictures } from '../picture-schema.ts';
import { orderOnPaper } from '../testing/order-on-paper.ts';
import { flowPicture } from './flow-picture.ts';
import { orderPictures } from './order-pictures.ts';

const north = '100001-NORTH-1';
const confirmed = {
  shipment: {
    ...{ shipmentNumber: 'S1', fulfilmentNumber: north, site: 'NORTH', shippedAt: '2026-03-02T15:00:00.000Z' },
    lines: [
      { lineNumber: 1, item: '85123A', shipped: decimal('6'), short: decimal('0'), unit: 'EA' },
      { lineNumber: 2, item: '71053', shipped: decimal('10'), short: decimal('0'), unit: 'EA' },
    ],
  },
  ...{ final: true, inferred: [] },
};

describe('the pictures of an order', () => {
  test('are its flow and its fulfilment, with the way that they have gone', () => {
    const { story, read } = orderOnPaper();
    story.tell(fulfilment, north, ShipmentConfirmed, confirmed, 'wms-north');
    const found = orderPictures(read());
    expect(compileSchema(OrderPictures).failures(found)).toEqual([]);
    const [order, child] = found.pictures;
    expect(found.pictures.map(({ flow, key, state, phase }) => [flow, key, state, phase])).toEqual([
      ['order-to-cash', '100001', 'completed', 'ended'],
      ['fulfilment', north, 'shipped', 'ended'],
    ]);
    expect(order?.path.map(({ state }) => state)).toEqual([
      ...['checking', 'judging', 'reserving', 'allocating', 'booking', 'booked', 'fulfilling'],
      ...['after-round', 'closing', 'closed', 'completed'],
    ]);
    const taken = order?.arrows
      .filter((arrow) => arrow.taken > 0)
      .map(({ from, to, taken: times }) => [from, to, times]);
    expect(taken).toHaveLength(10);
    expect(taken).toContainEqual(['checking', 'judging', 1]);
    expect(order?.states.find(({ name }) => name === 'held')).toMatchObject({ visits: 0, seconds: 0 });
    expect(order?.states.find(({ name }) => name === 'fulfilling')).toMatchObject({ visits: 1, kind: 'waiting' });
    expect(order?.states.find(({ name }) => name === 'judging')).toMatchObject({ kind: 'choice' });
    expect(order?.states.find(({ name }) => name === 'booking')?.runs).toEqual(['book in erp']);
    expect(order).toMatchObject({ waitsFor: [], start: 'checking', version: orderToCash.version });
    expect(order).not.toHaveProperty('deadline');
    expect(child?.path.map(({ state }) => state)).toContain('invoicing');
    const seconds = (order?.path ?? []).reduce((total, step) => total + step.seconds, 0);
    const [first, last] = [order?.path[0], order?.path.at(-1)];
    expect(seconds).toBe((Date.parse(last?.at ?? '') - Date.parse(first?.at ?? '')) / 1_000);
  });

  test('tell the deadline of the present state and what happens then', () => {
    const { story, orderNumber, read } = orderOnPaper({ 'check-customer': () => ({ known: false }) });
    const due = { 'order-to-cash/100001': '2026-03-02T09:15:00.000Z' };
    const [held] = orderPictures(read({ due })).pictures;
    expect(held).toMatchObject({
      state: 'held',
      deadline: {
        at: '2026-03-02T09:15:00.000Z',
        consequence: expect.stringMatching(/^It goes on to checking: Customer, credit/),
      },
      waitsFor: ['somebody to release its holds'],
    });
    const { visit } = story.run(orderToCash, orderNumber);
    story.tell(orderToCash, orderNumber, deadline, { state: 'held', visit });
    const [again] = orderPictures(read()).pictures;
    expect(again?.states.find(({ name }) => name === 'held')?.visits).toBe(2);
    expect(again?.arrows.find(({ from, to }) => from === 'held' && to === 'checking')).toMatchObject({
      taken: 1,
      on: expect.arrayContaining(['deadline', 'order hold released']),
    });
  });

  test('tell a deadline that is over, and its case', () => {
    const { story, read } = orderOnPaper();
    const { visit } = story.run(fulfilment, north);
    story.tell(fulfilment, north, deadline, { state: 'released', visit });
    const child = orderPictures(read()).pictures[1];
    expect(child?.deadline?.consequence).toMatch(/^A case is opened: The warehouse has said nothing of 100001-NORTH-1/);
    expect(child?.waitsFor).toEqual([
      'the release acknowledgement of the warehouse',
      'the shipping confirmation of the warehouse',
      'word of the warehouse that it ships nothing',
    ]);
  });

  test('tell what they wait for: calls by where they stand, children, decisions', () => {
    const open = orderOnPaper({ 'release-to-warehouse': () => underWay });
    const key = `fulfilment:${north}:release-to-warehouse:once`;
    const pictures = orderPictures(open.read({ standings: { [key]: 'in doubt: asking' } })).pictures;
    expect(pictures.map(({ waitsFor }) => waitsFor)).toEqual([
      [`fulfilment ${north}, which is releasing`],
      ['release to warehouse by wms-north: in doubt: asking'],
    ]);
    const parked = orderOnPaper({
      'book-in-erp': () => {
        throw new Fault('permanent', { code: 'x', message: 'x' });
      },
    });
    expect(orderPictures(parked.read()).pictures[0]?.waitsFor).toEqual(['a decision about book in erp by erp-main']);
  });

  test('an order without a hold that is short waits for goods, and for nobody to release anything', () => {
    const short = orderOnPaper({
      'reserve-stock': ({ lines }: { readonly lines: readonly { lineNumber: number; quantity: string }[] }) => ({
        lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, places: [], short: quantity })),
      }),
    });
    expect(orderPictures(short.read()).pictures[0]).toMatchObject({
      state: 'awaiting-remainder',
      waitsFor: ['stock of what is missing'],
    });
  });

  test('mark the way back, where what was done is undone', () => {
    const { story, orderNumber, read } = orderOnPaper({ 'book-in-erp': () => underWay });
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    const [order] = orderPictures(read()).pictures;
    expect(order?.arrows.filter(({ undoing, taken }) => undoing && taken > 0)).toMatchObject([
      { from: 'booking', to: 'closed', on: ['order cancel requested'], taken: 1 },
    ]);
  });

  test('of a version of the flow that is not known any more show the states that the run was in', () => {
    const { read } = orderOnPaper();
    const record = read();
    const [recorded] = record.runs;
    if (recorded === undefined) throw new Error('no run');
    const found = flowPicture(recorded, undefined, record.runs, [], record.asOf);
    expect(found.states.map(({ name }) => name)).toEqual([
      ...['checking', 'judging', 'reserving', 'allocating', 'booking', 'booked', 'fulfilling'],
    ]);
    expect(found.arrows).toHaveLength(6);
    expect(found.arrows.every(({ taken }) => taken === 1)).toBe(true);
  });
});

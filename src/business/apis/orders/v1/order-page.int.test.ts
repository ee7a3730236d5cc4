import { describe, expect, test } from 'vitest';
import { fulfilment, orderToCash } from '#business/flows';
import { ShipmentConfirmed } from '#model/messages';
import type { Comparison } from './comparison-schema.ts';
import type { OrderDeeds, OrderExchanges, OrderTrace } from './exchange-schema.ts';
import type { OrderPictures } from './picture-schema.ts';
import { useOrdersOnEngine } from './testing/orders-on-engine.ts';

const here = useOrdersOnEngine();

const order = (customerPurchaseOrder: string) => ({
  ...{ customer: '17850', currency: 'GBP', customerPurchaseOrder },
  lines: [{ item: '85123A', quantity: '6', unitPrice: '2.55' }],
});
const pathOf = (orderNumber: string, part: string): string => `/api/orders/v1/orders/${orderNumber}/${part}`;

async function read<Body>(orderNumber: string, part: string): Promise<Body> {
  const answer = await here.api.ask(pathOf(orderNumber, part));
  expect(answer.status, answer.text).toBe(200);
  return answer.json as Body;
}
const compared = (orderNumber: string) => read<Comparison>(orderNumber, 'comparison');
const pictures = (orderNumber: string) => read<OrderPictures>(orderNumber, 'pictures');
const exchanges = (orderNumber: string) => read<OrderExchanges>(orderNumber, 'exchanges');
const trace = (orderNumber: string) => read<OrderTrace>(orderNumber, 'trace');
const deeds = (orderNumber: string) => read<OrderDeeds>(orderNumber, 'deeds');

const fulfilmentOf = (orderNumber: string): string => `${orderNumber}-NORTH-1`;
const inState = (flow: string, key: string, ...states: readonly string[]) =>
  here.engine.waitFor(flow, key, ({ state }) => states.includes(state), 20_000);

/** The warehouse says that so much of line 1 left. */
async function ship(orderNumber: string, shipmentNumber: string, shipped: string, final: boolean): Promise<void> {
  const fulfilmentNumber = fulfilmentOf(orderNumber);
  const shipment = {
    ...{
      shipmentNumber,
      fulfilmentNumber,
      site: 'NORTH',
      shippedAt: '2026-03-02T15:00:00.000Z',
      trackingNumber: '1Z7',
    },
    lines: [{ lineNumber: 1, item: '85123A', shipped, short: '0', unit: 'EA' }],
  };
  const said = {
    id: shipmentNumber,
    source: 'wms-north',
    type: ShipmentConfirmed.name,
    original: `ST*945*${shipmentNumber}~`,
  };
  const data = { shipment, final, inferred: [] };
  await here.engine.deliver([{ flow: fulfilment.name, key: fulfilmentNumber, ...said, data }]);
}

async function submitted(customerPurchaseOrder: string): Promise<string> {
  const answer = await here.api.post(order(customerPurchaseOrder), { prefer: 'wait=10' });
  return (answer.json as { readonly orderNumber: string }).orderNumber;
}

const cells = ({ rows }: Comparison, property: string): readonly (string | undefined)[] | undefined =>
  rows.find((row) => row.property === property)?.cells.map(({ value }) => value);

describe('the page of an order, on the engine', () => {
  test('a plain order to its end: nothing is wrong on the way, and everything of it can be read', async () => {
    const orderNumber = await submitted('PLAIN');
    expect((await compared(orderNumber)).contradictions).toEqual([]);
    await inState(fulfilment.name, fulfilmentOf(orderNumber), 'released');
    expect(await compared(orderNumber)).toMatchObject({ contradictions: [] });
    await ship(orderNumber, 'S1', '6', true);
    expect((await compared(orderNumber)).contradictions).toEqual([]);
    await inState(orderToCash.name, orderNumber, 'completed');

    const found = await compared(orderNumber);
    expect(found.contradictions).toEqual([]);
    expect(found.rows.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(cells(found, 'state')).toEqual(['completed', 'SO1 invoiced', 'shipped']);
    expect(cells(found, 'line 1: shipped')).toEqual(['6', '6', '6']);
    expect(cells(found, 'invoiced untaxed')).toEqual(['15.30', '15.30']);
    expect(cells(found, 'tracking')).toEqual(['1Z7', '1Z7', '1Z7']);

    const [drawn, child] = (await pictures(orderNumber)).pictures;
    expect(drawn).toMatchObject({ state: 'completed', phase: 'ended', waitsFor: [] });
    expect(drawn?.path.map(({ state }) => state)).toContain('fulfilling');
    expect(child).toMatchObject({ flow: 'fulfilment', state: 'shipped', phase: 'ended' });

    const talked = (await exchanges(orderNumber)).exchanges;
    const heard = talked.find(({ name }) => name === ShipmentConfirmed.name);
    expect(heard).toMatchObject({ direction: 'in', system: 'wms-north', standing: 'applied', original: 'ST*945*S1~' });
    const submission = talked.find(({ name }) => name === 'order.submitted');
    expect(submission).toMatchObject({ system: 'api:shop', request: { customerPurchaseOrder: 'PLAIN' } });
    expect(talked.filter(({ direction }) => direction === 'out').every(({ standing }) => standing === 'done')).toBe(
      true,
    );
    const whole = await here.api.ask(heard?.links.self ?? '');
    expect(whole).toMatchObject({ status: 200, json: { id: heard?.id, cut: [] } });
    expect((await here.api.ask(pathOf(orderNumber, 'exchanges/nothing:1'))).status).toBe(404);

    const traced = await trace(orderNumber);
    expect(traced.spans.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(new Set(traced.spans.map(({ spanId }) => spanId)).size).toBe(traced.spans.length);
    expect((await deeds(orderNumber)).deeds.filter(({ allowed }) => allowed)).toEqual([]);
  });

  test('an order whose booking was refused: held, with the hold to release, and both sides agreeing that it is not booked', async () => {
    here.systems.dials.booking = 'refused';
    const orderNumber = await submitted('REFUSED');
    const found = await compared(orderNumber);
    expect(found.contradictions).toEqual([]);
    expect(cells(found, 'state')).toEqual(['held: credit', 'refused: The credit limit is exceeded.']);
    const [drawn] = (await pictures(orderNumber)).pictures;
    expect(drawn).toMatchObject({
      state: 'held',
      waitsFor: ['somebody to release its holds'],
      deadline: { at: expect.any(String), consequence: expect.stringContaining('checking') },
    });
    const booked = (await exchanges(orderNumber)).exchanges.find(({ name }) => name === 'book-in-erp');
    expect(booked).toMatchObject({ standing: 'refused', fault: { kind: 'business', code: 'credit-limit-exceeded' } });
    const span = (await trace(orderNumber)).spans.find(({ name }) => name === 'book-in-erp');
    expect(span).toMatchObject({ outcome: 'error', system: 'erp-main' });
    const allowed = async (key: string) => {
      const answer = await here.api.ask(pathOf(orderNumber, 'deeds'), { key });
      return (answer.json as OrderDeeds).deeds.map((each) => [each.deed, each.allowed]);
    };
    expect(await allowed(here.api.keys.finance)).toEqual([
      ['releaseHold', true],
      ['changeOrder', false],
      ['cancelOrder', false],
    ]);
    expect(await allowed(here.api.keys.shop)).toEqual([
      ['releaseHold', false],
      ['changeOrder', true],
      ['cancelOrder', true],
    ]);
    const released = await here.api.ask(pathOf(orderNumber, 'holds/credit/release'), {
      ...{ method: 'POST', key: here.api.keys.finance, body: { reason: 'paid' } },
    });
    expect(released.status).toBe(202);
  });

  test('an order of which a part has left: each system has the part, and the rest is awaited', async () => {
    const orderNumber = await submitted('PART');
    await inState(fulfilment.name, fulfilmentOf(orderNumber), 'released');
    await ship(orderNumber, 'P1', '4', false);
    await here.engine.waitFor(
      fulfilment.name,
      fulfilmentOf(orderNumber),
      ({ state, visit }) => state === 'released' && visit > 2,
      20_000,
    );
    const found = await compared(orderNumber);
    expect(found.contradictions).toEqual([]);
    expect(cells(found, 'line 1: booked')).toEqual(['6', '6']);
    expect(cells(found, 'line 1: shipped')).toEqual(['4', '4', '4']);
    expect(cells(found, 'line 1: invoiced')).toEqual(['4', '4']);
    expect(cells(found, 'state')?.at(-1)).toBe('shipped in part');
    const child = (await pictures(orderNumber)).pictures[1];
    expect(child?.states.find(({ name }) => name === 'released')?.visits).toBe(2);
    expect(child?.waitsFor).toContain('the shipping confirmation of the warehouse');
    await ship(orderNumber, 'P2', '2', true);
    await inState(orderToCash.name, orderNumber, 'completed');
    expect((await compared(orderNumber)).contradictions).toEqual([]);
    const confirmed = (await exchanges(orderNumber)).exchanges.filter(({ name }) => name === ShipmentConfirmed.name);
    expect(confirmed[1]).toMatchObject({
      comparedWith: confirmed[0]?.id,
      differences: expect.arrayContaining([{ path: '/shipment/lines/0/shipped', from: '4', to: '2' }]),
    });
  });

  test('a release whose answer is lost is in flight, in doubt, and no contradiction', async () => {
    here.systems.dials.warehouse = 'answers are lost';
    const orderNumber = await submitted('DOUBT');
    const isDoubted = async (): Promise<boolean> =>
      (await exchanges(orderNumber)).exchanges.some(({ standing }) => standing === 'in doubt: asking');
    await expect.poll(isDoubted, { timeout: 20_000 }).toBe(true);
    const found = await compared(orderNumber);
    expect(found.contradictions).toEqual([]);
    const cell = found.rows
      .find(({ property }) => property === 'state')
      ?.cells.find(({ system }) => system === 'wms-north');
    expect(cell?.standing).toBe('in-flight');
    expect((await pictures(orderNumber)).pictures[1]?.waitsFor).toEqual([
      'release to warehouse by wms-north: in doubt: asking',
    ]);
  });

  test('is not there for whoever may not see the order', async () => {
    const orderNumber = await submitted('SECRET');
    for (const part of ['comparison', 'pictures', 'exchanges', 'exchanges/x:1', 'trace', 'deeds']) {
      const answer = await here.api.ask(pathOf(orderNumber, part), { key: here.api.keys.other });
      expect(answer.status, part).toBe(404);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { CancelRequested, fulfilment, orderToCash } from '#business/flows';
import { underWay } from '#business/flows/testing';
import { decimal, Fault } from '#model/kernel';
import { FulfilmentAcknowledged, ShipmentConfirmed } from '#model/messages';
import { compileSchema } from '#platform/gateway';
import { OrderExchanges } from '../exchange-schema.ts';
import type { OrderRecord } from '../record/order-record.ts';
import { orderOnPaper } from '../testing/order-on-paper.ts';
import { earlierOnes, exchangeView } from './exchange-view.ts';
import { pairExchanges } from './pair-exchanges.ts';

const listed = (record: OrderRecord) => {
  const found = pairExchanges(record);
  const earlier = earlierOnes(found);
  return found.map((each) => exchangeView(record.order.key, each, earlier.get(each.id), false));
};

const north = '100001-NORTH-1';
const left = (number: string) => ({
  ...{ shipmentNumber: number, fulfilmentNumber: north, site: 'NORTH', shippedAt: '2026-03-02T15:00:00.000Z' },
  lines: [{ lineNumber: 1, item: '85123A', shipped: decimal('6'), short: decimal('0'), unit: 'EA' }],
});

describe('the exchanges of an order', () => {
  test('are every call with its answer and every message from outside, oldest first, and nothing that stays in the house', () => {
    const { story, orderNumber, read } = orderOnPaper();
    const confirmed = { shipment: left('S1'), final: false, inferred: [] };
    story.tell(fulfilment, north, ShipmentConfirmed, confirmed, 'wms-north');
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' }, 'api:shop');
    const found = listed(read());
    expect(compileSchema(OrderExchanges).failures({ orderNumber, exchanges: found })).toEqual([]);
    expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).toSorted());
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    const told = found.map(({ direction, system, name, standing }) => `${direction} ${system} ${name}: ${standing}`);
    expect(told.slice(0, 4)).toEqual([
      'in story order.submitted: applied',
      'out erp-main check-customer: done',
      'out erp-main check-prices: done',
      'out crossdock claim-purchase-order: done',
    ]);
    expect(told).toContain('out wms-north release-to-warehouse: done');
    expect(told).toContain('in wms-north shipment.confirmed: applied');
    expect(told).toContain('in api:shop order.cancel-requested: applied');
    expect(told.filter((each) => /engine|flow:|\.done/.test(each))).toEqual([]);
    const booked = found.find(({ name }) => name === 'book-in-erp');
    expect(booked).toMatchObject({
      key: 'order-to-cash:100001:book-in-erp:1.1-NORTH',
      request: { orderNumber: '100001', site: 'NORTH' },
      answer: { reference: 'SO1' },
      settledAt: expect.any(String),
    });
    expect(booked).not.toHaveProperty('fault');
  });

  test('say where each call stands: open, parked with its fault, and again when it is asked again', () => {
    let isBroken = true;
    const { story, orderNumber, read } = orderOnPaper({
      'book-in-erp': () => {
        if (isBroken)
          throw new Fault('permanent', { code: 'no-account', message: 'There is no account.', said: 'E17' });
        return underWay;
      },
    });
    const booking = (record: OrderRecord) => listed(record).filter(({ name }) => name === 'book-in-erp');
    expect(booking(read())).toMatchObject([
      { standing: 'parked', fault: { kind: 'permanent', code: 'no-account', said: 'E17' } },
    ]);
    isBroken = false;
    const key = 'order-to-cash:100001:book-in-erp:1.1-NORTH';
    const retried = { effect: key, reason: 'the account is there' };
    story.tell(orderToCash, orderNumber, { name: 'decide.retry' }, retried, 'person:jane');
    expect(booking(read({ standings: { [key]: 'safe to send' } })).map(({ standing }) => standing)).toEqual([
      'failed',
      'safe to send',
    ]);
    expect(listed(read()).map(({ system, name }) => `${system} ${name}`)).toContain('person:jane decide.retry');
  });

  test('name what is different from the one before of the same name and system', () => {
    const { story, read } = orderOnPaper();
    for (const number of ['S1', 'S2']) {
      const confirmed = { shipment: left(number), final: false, inferred: [] };
      story.tell(fulfilment, north, ShipmentConfirmed, confirmed, 'wms-north');
    }
    const [first, second] = listed(read()).filter(({ name }) => name === 'shipment.confirmed');
    expect(first).toMatchObject({ differences: [] });
    expect(first).not.toHaveProperty('comparedWith');
    expect(second).toMatchObject({
      comparedWith: first?.id,
      differences: [{ path: '/shipment/shipmentNumber', from: 'S1', to: 'S2' }],
    });
  });

  test('tell a message that had to wait once, as it came at first and with what became of it at last', () => {
    let answer: unknown = underWay;
    const { story, read } = orderOnPaper({ 'release-to-warehouse': () => answer });
    const said = { fulfilmentNumber: north, document: 'release', accepted: true, reasons: [] };
    story.tell(fulfilment, north, FulfilmentAcknowledged, said, 'wms-north');
    const heard = () => listed(read()).filter(({ name }) => name === FulfilmentAcknowledged.name);
    expect(heard()).toMatchObject([{ standing: 'deferred' }]);
    const [before] = heard();
    answer = { reference: '940' };
    story.tell(fulfilment, north, { name: 'release-to-warehouse.done' }, { occurrence: 'once', answer }, 'engine');
    expect(heard()).toMatchObject([{ standing: 'applied', id: before?.id, at: before?.at }]);
  });

  test('keep a message as it came', () => {
    const { story, read } = orderOnPaper();
    story.tell(fulfilment, north, ShipmentConfirmed, { shipment: left('S1'), final: false, inferred: [] }, 'wms-north');
    const record = read();
    const runs = record.runs.map((run) => ({
      ...run,
      lines: run.lines.map((line) =>
        line.entry.kind === 'received' && line.entry.message.source === 'wms-north'
          ? { ...line, entry: { ...line.entry, original: 'ISA*00*…' } }
          : line,
      ),
    }));
    const found = listed({ ...record, runs }).find(({ name }) => name === 'shipment.confirmed');
    expect(found).toMatchObject({ original: 'ISA*00*…', request: { final: false } });
  });

  test('of two hundred lines are cut in the list, whole by themselves, and told in under 50 ms', () => {
    const { read } = orderOnPaper();
    const record = read();
    const lines = Array.from({ length: 200 }, (_, index) => ({
      ...{ lineNumber: index + 1, item: `ITEM-${index}`, description: 'x'.repeat(150) },
      ...{ quantity: '10', unit: 'EA', unitPrice: '2.55' },
    }));
    const [order] = record.runs;
    const made = Array.from({ length: 50 }, (_, index) => {
      const call = { name: 'book-in-erp', occurrence: `${index}`, key: `k${index}` };
      const at = new Date(Date.parse('2026-03-02T09:00:00.000Z') + index * 1_000).toISOString();
      const request = { orderNumber: '100001', lines: lines.map((line) => ({ ...line, quantity: String(index) })) };
      return [
        { seq: index * 2 + 1, at, entry: { kind: 'asked', ...call, capability: 'sales-orders', request } },
        { seq: index * 2 + 2, at, entry: { kind: 'settled', ...call, outcome: 'done', answer: { lines } } },
      ] as const;
    }).flat();
    const big: OrderRecord = { ...record, runs: [{ ...(order as NonNullable<typeof order>), lines: made }] };
    const found = listed(big);
    // Of the processor, and the best of a few: other tests run beside it.
    const times = Array.from({ length: 8 }, () => {
      const began = process.cpuUsage();
      JSON.stringify(listed(big));
      return process.cpuUsage(began).user / 1_000;
    });
    expect(Math.min(...times)).toBeLessThan(50);
    const [, second] = found;
    expect(second?.cut).toEqual(['request', 'answer']);
    expect(typeof second?.request).toBe('string');
    expect(second?.differences).toHaveLength(100);
    expect(second?.moreDifferences).toBe(100);
    const [one, two] = pairExchanges(big);
    const whole = two && exchangeView('100001', two, one, true);
    expect(whole).toMatchObject({ cut: [], request: { lines: { length: 200 } } });
    expect(whole?.links.self).toBe(`/api/orders/v1/orders/100001/exchanges/${encodeURIComponent(whole?.id ?? '')}`);
  });
});

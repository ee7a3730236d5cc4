import { expect, test } from 'vitest';
import { fulfilment } from '#business/flows';
import { underWay } from '#business/flows/testing';
import { decimal, Fault } from '#model/kernel';
import { ShipmentConfirmed } from '#model/messages';
import { compileSchema } from '#platform/gateway';
import { traceIdOf } from '#platform/telemetry';
import { OrderTrace } from '../exchange-schema.ts';
import { orderOnPaper } from '../testing/order-on-paper.ts';
import { orderTrace } from './order-trace.ts';

const north = '100001-NORTH-1';

test('the trace of an order has a span for each run, state and call, hanging where they belong, the same each time', () => {
  const { story, read, handOnNews } = orderOnPaper(
    { 'issue-goods': () => underWay },
    { channel: 'crm', source: 'crm-main', sourceReference: '006-1' },
  );
  const shipment = {
    ...{ shipmentNumber: 'S1', fulfilmentNumber: north, site: 'NORTH', shippedAt: '2026-03-02T15:00:00.000Z' },
    lines: [{ lineNumber: 1, item: '85123A', shipped: decimal('6'), short: decimal('0'), unit: 'EA' }],
  };
  story.tell(fulfilment, north, ShipmentConfirmed, { shipment, final: false, inferred: [] }, 'wms-north');
  handOnNews();
  const found = orderTrace(read());
  expect(compileSchema(OrderTrace).failures(found)).toEqual([]);
  expect(found).toEqual(orderTrace(read()));
  expect(found.traceId).toBe(traceIdOf('order-to-cash', '100001'));
  const ids = new Set(found.spans.map(({ spanId }) => spanId));
  expect(ids.size).toBe(found.spans.length);
  const named = (name: string) => found.spans.find((span) => span.name === name);
  const parentOf = (name: string) => found.spans.find(({ spanId }) => spanId === named(name)?.parentId)?.name;
  const roots = found.spans.filter(({ parentId }) => parentId === undefined);
  expect(roots.map(({ name, kind, outcome }) => [name, kind, outcome])).toEqual([
    ['order-to-cash 100001', 'flow', 'open'],
  ]);
  expect(found.spans.every(({ parentId }) => parentId === undefined || ids.has(parentId))).toBe(true);
  expect(parentOf('book-in-erp')).toBe('booking');
  expect(parentOf('booking')).toBe('order-to-cash 100001');
  expect(parentOf(`fulfilment ${north}`)).toBe('fulfilling');
  expect(parentOf('order-news 100001')).toBe('order-to-cash 100001');
  expect(parentOf('shipment.confirmed')).toBe('released');
  expect(parentOf('issue-goods')).toBe('issuing');
  expect(named('shipment.confirmed')).toMatchObject({ kind: 'message', system: 'wms-north', milliseconds: 0 });
  expect(named('issue-goods')).toMatchObject({ outcome: 'open', because: 'under way' });
  expect(named('issue-goods')).not.toHaveProperty('endedAt');
  expect(named('fulfilling')).toMatchObject({ kind: 'state', outcome: 'open' });
  expect(named('booking')).toMatchObject({ outcome: 'ok', milliseconds: 1_000 });
  expect(named('judging')).toBeUndefined();
});

test('a call that was refused is an error that says why', () => {
  const { read } = orderOnPaper({
    'book-in-erp': () => {
      throw new Fault('business', { code: 'credit-limit-exceeded', message: 'No credit.' });
    },
  });
  const span = orderTrace(read()).spans.find(({ name }) => name === 'book-in-erp');
  expect(span).toMatchObject({ outcome: 'error', because: 'No credit. (credit-limit-exceeded)', system: 'erp-main' });
});

import { describe, expect, test } from 'vitest';
import { CancelRequested, ChangeRequested, fulfilment, orderToCash } from '#business/flows';
import { orderOfTests, underWay } from '#business/flows/testing';
import { decimal } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled } from '#model/messages';
import type { CaseView } from '#platform/exceptions';
import { compileSchema } from '#platform/gateway';
import { OrderDeeds } from '../exchange-schema.ts';
import { documentOf } from '../order-run.ts';
import type { OrderRecord } from '../record/order-record.ts';
import { orderOnPaper } from '../testing/order-on-paper.ts';
import { orderDeeds } from './order-deeds.ts';

const north = '100001-NORTH-1';
const everything = () => true;
const only =
  (...scopes: readonly string[]) =>
  (scope: string): boolean =>
    scopes.includes(scope);

const deedsOf = (
  record: OrderRecord,
  may: (scope: string) => boolean = everything,
  cases: readonly CaseView[] = [],
) => {
  const fulfilments = new Map(
    record.runs.flatMap(({ flow, key, run }) =>
      flow === fulfilment.name && run !== undefined ? [[key, run] as const] : [],
    ),
  );
  const found = orderDeeds({ order: record.order, fulfilments, cases, takesTwo: false }, may);
  expect(compileSchema(OrderDeeds).failures(found)).toEqual([]);
  return found.deeds;
};
const named = (record: OrderRecord, deed: string, may = everything as (scope: string) => boolean) =>
  deedsOf(record, may).filter((each) => each.deed === deed);

describe('what may be done with an order', () => {
  test('that is held: its holds are released, it is changed or cancelled at once, each by who may', () => {
    const { read } = orderOnPaper({
      'check-customer': () => ({ known: false }),
      'claim-purchase-order': () => ({ heldBy: '100000' }),
    });
    const record = read();
    expect(named(record, 'releaseHold')).toMatchObject([
      { subject: 'credit', allowed: true, consequence: expect.stringContaining('when duplicate is released too') },
      { subject: 'duplicate', allowed: true, consequence: expect.stringContaining('when credit is released too') },
    ]);
    expect(named(record, 'cancelOrder')).toMatchObject([
      { allowed: true, consequence: expect.stringContaining('cancelled at once') },
    ]);
    expect(named(record, 'changeOrder')).toMatchObject([{ allowed: true }]);
    const reader = deedsOf(record, only('orders:read', 'orders:write'));
    expect(reader.map(({ deed, allowed, because }) => [deed, allowed, because])).toEqual([
      ['releaseHold', false, 'You have not the permission orders:release-holds.'],
      ['releaseHold', false, 'You have not the permission orders:release-holds.'],
      ['changeOrder', true, undefined],
      ['cancelOrder', true, undefined],
    ]);
  });

  test('with its warehouses: they are asked; while they are asked nothing else can be', () => {
    const { story, orderNumber, read } = orderOnPaper();
    expect(named(read(), 'cancelOrder')).toMatchObject([
      { allowed: true, consequence: expect.stringContaining('asked to stop') },
    ]);
    const wanted = { requestedBy: 'api:shop', reason: 'fewer', lines: [{ lineNumber: 1, quantity: decimal('2') }] };
    story.tell(orderToCash, orderNumber, ChangeRequested, wanted);
    expect(named(read(), 'changeOrder')).toMatchObject([
      { allowed: false, because: expect.stringContaining('another change waits for the answer of the warehouses') },
    ]);
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    expect(named(read(), 'cancelOrder')).toMatchObject([
      { allowed: false, because: 'It is being cancelled already: api:shop asked for it, because: twice.' },
    ]);
    story.tell(fulfilment, north, FulfilmentCancelled, { fulfilmentNumber: north }, 'wms-north');
    expect(story.run(orderToCash, orderNumber).state).toBe('cancelled');
    expect(deedsOf(read()).map(({ deed, allowed, because }) => [deed, allowed, because])).toEqual([
      ['changeOrder', false, 'Order 100001 is cancelled: nothing of it can be changed.'],
      ['cancelOrder', false, 'Order 100001 is cancelled: there is nothing left to cancel.'],
    ]);
  });

  test('is forecast as the order then answers: too late while its charges are being invoiced', () => {
    const charges = orderOfTests().lines.filter(({ kind }) => kind === 'charge');
    const { story, orderNumber, read } = orderOnPaper({ 'invoice-charges': () => underWay }, { lines: charges });
    const [forecast] = named(read(), 'cancelOrder');
    expect(forecast).toMatchObject({
      allowed: false,
      because: expect.stringContaining('its charges are being invoiced'),
    });
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'twice' });
    const { cancellation } = documentOf(read().order);
    expect(cancellation?.verdict).toBe('refused');
    expect(forecast?.because).toBe(`Order ${orderNumber} cannot be cancelled: ${cancellation?.because}.`);
  });

  test('whose release a warehouse could not read: it is released again', () => {
    const { story, read } = orderOnPaper();
    expect(named(read(), 'releaseAgain')).toEqual([]);
    const refused = { fulfilmentNumber: north, document: 'release', accepted: false, reasons: ['no postal code'] };
    story.tell(fulfilment, north, FulfilmentAcknowledged, refused, 'wms-north');
    expect(named(read(), 'releaseAgain')).toMatchObject([{ subject: north, allowed: true }]);
    expect(named(read(), 'releaseAgain', only('orders:read'))).toMatchObject([
      { allowed: false, because: 'You have not the permission orders:write.' },
    ]);
  });

  test('its open cases, by link, with what they allow', () => {
    const yes = { allowed: true } as const;
    const no = { allowed: false, because: 'no' } as const;
    const allowances = {
      ...{ retry: yes, 'edit-and-retry': yes, answer: no, 'not-done': no, skip: no },
      ...{ compensate: no, assign: yes, escalate: no, note: yes, close: no },
    };
    const record = { id: '0198c6a2-4a1e-7c1f-9d6e-3b1f8a6c2d10', summary: 'book-in-erp did not succeed' };
    const cases = [{ record, allowances }] as unknown as readonly CaseView[];
    const [deed] = deedsOf(orderOnPaper().read(), only('cases:work'), cases);
    expect(deed).toEqual({
      ...{
        deed: 'workOnCase',
        title: 'Work on the case: book-in-erp did not succeed',
        subject: record.id,
        allowed: true,
      },
      consequence: 'It allows: retry, edit and retry, assign, note.',
      link: `/api/cases/v1/cases/${record.id}`,
    });
    expect(deedsOf(orderOnPaper().read(), only(), cases)[0]).toMatchObject({ allowed: false });
  });
});

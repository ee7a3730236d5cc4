import { describe, expect, test } from 'vitest';
import { customerNotices, fulfilment, orderNews, orderToCash } from '#business/flows';
import type { Course, CourseCase, CourseEntry, CourseFact, CourseRun, FigureSet } from '#platform/figures';
import { figureBook } from './index.ts';

const book = figureBook([orderToCash, fulfilment, orderNews, customerNotices]);

const on = (time: string): string => `2026-03-02T${time}.000Z`;

const orderRun: CourseRun = {
  flow: 'order-to-cash',
  key: 'S-1',
  startedAt: on('08:00:00'),
  endedAt: on('12:00:00'),
  ending: 'completed',
  stays: [
    { state: 'checking', visit: 1, enteredAt: on('08:00:00'), leftAt: on('08:00:02') },
    { state: 'completed', visit: 9, enteredAt: on('12:00:00') },
  ],
};

const warehouseRun: CourseRun = {
  flow: 'fulfilment',
  key: 'S-1-1',
  startedAt: on('08:00:10'),
  endedAt: on('11:59:00'),
  ending: 'completed',
  stays: [
    { state: 'releasing', visit: 1, enteredAt: on('08:00:10'), leftAt: on('08:01:00') },
    { state: 'unacknowledged', visit: 2, enteredAt: on('08:01:00'), leftAt: on('08:05:00') },
    { state: 'released', visit: 3, enteredAt: on('08:05:00'), leftAt: on('10:01:00') },
    { state: 'issuing', visit: 4, enteredAt: on('10:01:00'), leftAt: on('10:01:30') },
    { state: 'invoicing', visit: 5, enteredAt: on('10:01:30'), leftAt: on('10:02:00') },
    { state: 'released', visit: 6, enteredAt: on('10:02:00'), leftAt: on('11:00:00') },
    { state: 'issuing', visit: 7, enteredAt: on('11:00:00'), leftAt: on('11:00:10') },
  ],
};

const line = { item: 'A', unit: 'EA', quantity: '3', shipped: '3', waiting: '0', cancelled: '0' };
const orderData = {
  orderNumber: 'S-1',
  customer: 'C',
  channel: 'crm',
  source: 'crm',
  state: 'completed',
  changes: 0,
  final: true,
};

const dispatched = (shipment: object, at = on('10:01:00'), data: object = {}): CourseFact => ({
  type: 'order.dispatched',
  at,
  data: {
    ...orderData,
    ...data,
    shipment: {
      shipmentNumber: 'SH-1',
      fulfilmentNumber: 'S-1-1',
      site: 'NORTH',
      shippedAt: on('09:50:00'),
      ...shipment,
    },
  },
});
const completed = (data: object = {}): CourseFact => ({
  type: 'order.completed',
  at: on('12:00:00'),
  data: { ...orderData, lines: [line], ...data },
});

const settled = (name: string, occurrence: string, at: string, flow = 'fulfilment'): CourseEntry => ({
  ...{ flow, key: 'S-1-1', at },
  entry: { kind: 'settled', name, occurrence, key: `k:${occurrence}`, outcome: 'done', answer: null },
});
const asked = (version: string, trackingNumbers: readonly string[]): CourseEntry => ({
  ...{ flow: 'order-news', key: 'S-1', at: on('10:00:00') },
  entry: {
    kind: 'asked',
    name: 'tell-crm',
    occurrence: version,
    key: `n:${version}`,
    capability: 'opportunities',
    request: { trackingNumbers },
  },
});
const received = (type: string, verdict: 'applied' | 'ignored' = 'applied'): CourseEntry => ({
  ...{ flow: 'order-to-cash', key: 'S-1', at: on('08:30:00') },
  entry: { kind: 'received', verdict, message: { id: type, source: 'api:desk', type, data: {}, at: on('08:30:00') } },
});

const aCase = (change: Partial<CourseCase> = {}): CourseCase => ({
  ...{ id: 'c-1', flow: 'order-to-cash', cause: 'book-in-erp-failed', level: 0, acts: [] },
  openedAt: on('09:00:00'),
  closedAt: on('09:10:00'),
  ...change,
});
const act = (action: string) => ({ action, by: 'person:jane', at: on('09:05:00') });

const course = (change: Partial<Course> = {}): Course => ({
  ...{ key: 'S-1', asOf: on('13:00:00'), runs: [orderRun, warehouseRun], facts: [completed()] },
  ...{ entries: [], failures: [], cases: [] },
  ...change,
});

const setOf = (name: string): FigureSet => {
  const found = book.sets.find(({ set }) => set === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const values = (name: string, of: Course) =>
  setOf(name)
    .samples(of)
    .map(({ value }) => value);

const { endedAt: _, ending: __, ...unfinishedRun } = orderRun;

describe('order cycle time', () => {
  test('is from acceptance to completion, four hours, on the moment of the completion', () => {
    expect(setOf('order-cycle-time').samples(course())).toEqual([
      { figure: 'order-cycle-time', part: 0, at: on('12:00:00'), value: 14_400 },
    ]);
  });
  test('is not known of an order that goes on, was cancelled or given up', () => {
    expect(values('order-cycle-time', course({ runs: [unfinishedRun] }))).toEqual([]);
    for (const ending of ['cancelled', 'compensated']) {
      expect(values('order-cycle-time', course({ runs: [{ ...orderRun, ending }] }))).toEqual([]);
    }
  });
  test('counts the hours that passed, also over midnight and over the change of clocks', () => {
    // In Europe the clocks are put forward in that night: 22:30 to 06:30 on the wall are seven hours.
    const night = { ...orderRun, startedAt: '2026-03-28T22:30:00.000Z', endedAt: '2026-03-29T05:30:00.000Z' };
    expect(values('order-cycle-time', course({ runs: [night] }))).toEqual([7 * 3_600]);
  });
});

describe('the warehouse’s release cycle', () => {
  test('is from the hand-over to the first shipment, and once for a fulfilment however often it ships', () => {
    expect(setOf('warehouse-release-cycle').samples(course())).toEqual([
      { figure: 'warehouse-release-cycle', part: 0, at: on('10:01:00'), value: 7_200, note: 'S-1-1' },
    ]);
  });
  test('is not known while nothing left', () => {
    const waits = { ...warehouseRun, stays: warehouseRun.stays.slice(0, 3) };
    expect(values('warehouse-release-cycle', course({ runs: [orderRun, waits] }))).toEqual([]);
  });
});

describe('inventory lag', () => {
  const takenOut = settled('take-out-of-stock', 'SH-1', on('10:01:20'));
  test('is from the warehouse’s shipping time to our stock', () => {
    expect(values('inventory-lag', course({ facts: [dispatched({})], entries: [takenOut] }))).toEqual([680]);
  });
  test('is not known of a shipment of which the warehouse says the day only, or that is still in our stock', () => {
    const dayOnly = dispatched({ shippedAt: '2026-03-02T00:00:00.000Z' });
    expect(values('inventory-lag', course({ facts: [dayOnly], entries: [takenOut] }))).toEqual([]);
    expect(values('inventory-lag', course({ facts: [dispatched({})] }))).toEqual([]);
  });
  test('is nothing when the warehouse’s clock is ahead', () => {
    const ahead = dispatched({ shippedAt: on('10:05:00') });
    expect(values('inventory-lag', course({ facts: [ahead], entries: [takenOut] }))).toEqual([0]);
  });
});

describe('rework', () => {
  test.each([
    ['a hold of the order', { facts: [{ type: 'order.held', at: on('08:01:00'), data: {} }] }, 'held'],
    ['a hold of a line', { cases: [aCase({ cause: 'hold-item-3' })] }, 'held'],
    ['a change', { facts: [{ type: 'order.changed', at: on('08:01:00'), data: {} }] }, 'changed'],
    [
      'a refused booking',
      {
        failures: [{ flow: 'order-to-cash', effect: 'book-in-erp', outcome: 'refused', at: on('08:01:00'), code: 'x' }],
      },
      'booking refused',
    ],
    ['an edited request', { cases: [aCase({ acts: [act('edit-and-retry')] })] }, 'edited and retried'],
  ] as const)('is %s', (_name, change, note) => {
    expect(setOf('order-rework').samples(course(change))).toEqual([
      { figure: 'order-rework', part: 0, at: on('12:00:00'), value: 1, note },
    ]);
  });
  test('is not a failure that was tried again, nor an edit that came too late', () => {
    const failed = {
      flow: 'order-to-cash',
      effect: 'book-in-erp',
      outcome: 'failed',
      at: on('08:01:00'),
      code: 'x',
    } as const;
    const late = { ...act('edit-and-retry'), ignored: true } as const;
    expect(
      values('order-rework', course({ failures: [failed], cases: [aCase({ acts: [act('retry'), late] })] })),
    ).toEqual([0]);
  });
  test('is asked of every order that ended, and of none that did not', () => {
    expect(values('order-rework', course({ runs: [{ ...orderRun, ending: 'cancelled' }] }))).toEqual([0]);
    expect(values('order-rework', course({ runs: [unfinishedRun] }))).toEqual([]);
  });
});

describe('work that orders make for people', () => {
  test('counts cases about which somebody decided, on the day the order was accepted, finished or not', () => {
    const cases = [
      aCase({ acts: [act('note'), act('retry')] }),
      aCase({ id: 'c-2', cause: 'stage-overdue', acts: [act('assign'), act('escalate')] }),
      aCase({ id: 'c-3', cause: 'order-held' }),
    ];
    expect(setOf('manual-exception-volume').samples(course({ runs: [unfinishedRun], cases }))).toEqual([
      { figure: 'manual-exception-volume', part: 0, at: on('08:00:00'), value: 100, note: 'book-in-erp-failed' },
    ]);
    expect(values('manual-exception-volume', course())).toEqual([0]);
  });
  test('counts cases that were escalated', () => {
    const cases = [aCase({ level: 2 }), aCase({ id: 'c-2' })];
    expect(values('customer-service-escalations', course({ cases }))).toEqual([100]);
  });
});

describe('visibility of shipments', () => {
  const tracked = dispatched({ trackingNumber: 'T-1' });
  const visible = (at: string) =>
    course({
      facts: [tracked],
      entries: [
        asked('1', []),
        asked('2', ['T-1']),
        settled('tell-crm', '1', on('10:01:10'), 'order-news'),
        settled('tell-crm', '2', at, 'order-news'),
      ],
    });

  test('is given when the CRM took the tracking number in time, and not when it took it late', () => {
    expect(values('shipment-visibility-accuracy', visible(on('10:16:00')))).toEqual([1]);
    expect(values('shipment-visibility-accuracy', visible(on('10:16:01')))).toEqual([0]);
  });
  test('is not given without a tracking number, nor when it was never told', () => {
    expect(values('shipment-visibility-accuracy', course({ facts: [dispatched({})] }))).toEqual([0]);
    expect(values('shipment-visibility-accuracy', course({ facts: [tracked] }))).toEqual([0]);
  });
  test('is not decided before the time is over, and not asked of orders that the CRM does not know', () => {
    expect(values('shipment-visibility-accuracy', course({ facts: [tracked], asOf: on('10:10:00') }))).toEqual([]);
    const api = dispatched({ trackingNumber: 'T-1' }, on('10:01:00'), { channel: 'api' });
    expect(values('shipment-visibility-accuracy', course({ facts: [api] }))).toEqual([]);
  });
});

describe('a perfect order', () => {
  test('is complete, on time, untouched and done once', () => {
    expect(
      values('perfect-order', course({ facts: [dispatched({}), completed({ requestedDate: '2026-03-02' })] })),
    ).toEqual([1]);
  });
  test.each([
    ['cut', { facts: [completed({ lines: [{ ...line, cancelled: '1' }] })] }, 'not complete'],
    ['short', { facts: [completed({ lines: [{ ...line, shipped: '2' }] })] }, 'not complete'],
    ['late', { facts: [dispatched({}), completed({ requestedDate: '2026-03-01' })] }, 'late'],
    ['decided about', { cases: [aCase({ acts: [act('retry')] })] }, 'decided about book-in-erp-failed'],
    ['released by hand', { entries: [received('fulfilment.released-by-hand')] }, 'fulfilment.released-by-hand'],
    ['given up', { runs: [{ ...orderRun, ending: 'compensated' }], facts: [] }, 'ended compensated'],
  ] as const)('is not one that was %s', (_name, change, note) => {
    expect(setOf('perfect-order').samples(course(change))).toMatchObject([{ value: 0, note }]);
  });
  test('is not asked of an order that its customer called off, but of one that came to nothing otherwise', () => {
    const runs = [{ ...orderRun, ending: 'cancelled' }];
    expect(values('perfect-order', course({ runs, entries: [received('order.cancel-requested')] }))).toEqual([]);
    expect(values('perfect-order', course({ runs, entries: [received('order.cancel-requested', 'ignored')] }))).toEqual(
      [0],
    );
  });
});

describe('recovery', () => {
  test('is by itself when nobody decided, and is not asked of orders without trouble', () => {
    expect(values('recovered-without-a-person', course({ cases: [aCase()] }))).toEqual([1]);
    expect(values('recovered-without-a-person', course({ cases: [aCase({ acts: [act('retry')] })] }))).toEqual([0]);
    expect(
      values('recovered-without-a-person', course({ cases: [aCase()], entries: [received('order.hold-released')] })),
    ).toEqual([0]);
    expect(values('recovered-without-a-person', course())).toEqual([]);
  });
  test('takes as long as some case was open, at once or one after the other', () => {
    const cases = [
      aCase(),
      aCase({ id: 'c-2', openedAt: on('09:05:00'), closedAt: on('09:20:00') }),
      aCase({ id: 'c-3', openedAt: on('10:00:00'), closedAt: on('10:01:00') }),
    ];
    expect(setOf('time-to-recover').samples(course({ cases }))).toMatchObject([{ at: on('10:01:00'), value: 1_260 }]);
  });
  test('is not there while one is open, and counts anew when another was opened and closed', () => {
    const { closedAt: _closed, ...open } = aCase({ id: 'c-2', openedAt: on('11:00:00') });
    expect(values('time-to-recover', course({ cases: [aCase(), open] }))).toEqual([]);
    const again = { ...open, closedAt: on('11:00:30') };
    expect(setOf('time-to-recover').samples(course({ cases: [aCase(), again] }))).toMatchObject([
      { at: on('11:00:30'), value: 630 },
    ]);
  });
});

describe('figures of stages, failures and cases', () => {
  test('there is one for every state in which a run waits, and none for choices and ends', () => {
    const named = setOf('latency-by-stage').always.map(({ figure }) => figure);
    expect(named).toContain('latency-order-to-cash-held');
    expect(named).toContain('latency-fulfilment-released');
    expect(named).not.toContain('latency-order-to-cash-judging');
    expect(named).not.toContain('latency-order-to-cash-completed');
  });
  test('every stay that ended is a sample of its stage', () => {
    const released = setOf('latency-by-stage')
      .samples(course())
      .filter(({ figure }) => figure === 'latency-fulfilment-released');
    expect(released).toMatchObject([
      { part: 0, value: 6_960, at: on('10:01:00') },
      { part: 1, value: 3_480, at: on('11:00:00') },
    ]);
  });
  test('a failure makes the figure of its flow and system', () => {
    const failure = {
      flow: 'order-to-cash',
      effect: 'book-in-erp',
      outcome: 'refused',
      at: on('08:01:00'),
      code: 'blocked',
      instance: 'erp-main',
    } as const;
    const [sample] = setOf('failures-by-process').samples(course({ failures: [failure] }));
    expect(sample).toMatchObject({
      figure: 'failures-order-to-cash--erp-main',
      value: 1,
      note: 'book-in-erp refused: blocked',
    });
    expect(setOf('failures-by-process').describe?.(sample?.figure ?? '')?.title).toBe(
      'order-to-cash: failures at erp-main',
    );
  });
  test('a closed case is a sample of all and of its cause; an open one of none', () => {
    const { closedAt: _closed, ...open } = aCase({ id: 'c-2' });
    expect(setOf('case-time-to-close').samples(course({ cases: [aCase(), open] }))).toMatchObject([
      { figure: 'case-time-to-close', value: 600, caseId: 'c-1' },
      { figure: 'case-time-to-close-book-in-erp-failed', value: 600, caseId: 'c-1' },
    ]);
  });
});

describe('the book', () => {
  const described = [...book.sets.flatMap(({ always }) => always), ...book.missing, ...book.openCases];
  test('names every figure once, with formula and source', () => {
    const names = described.map(({ figure }) => figure);
    expect(new Set(names).size).toBe(names.length);
    for (const { formula, source } of described) expect(formula.length * source.length).toBeGreaterThan(0);
  });
  test('names each figure so that it is found in its own set and no other', () => {
    for (const { figure } of described) {
      const owners = book.sets.filter(
        ({ always, describe: find }) => always.some((each) => each.figure === figure) || find?.(figure) !== undefined,
      );
      expect({ figure, owners: owners.length }).toEqual({ figure, owners: owners.length > 0 ? 1 : 0 });
    }
  });
  test('has all the key figures that were asked for; those without records say what is missing', () => {
    expect(book.missing.map(({ figure, because }) => [figure, because.length > 20])).toEqual([
      ['inventory-accuracy', true],
      ['return-processing-time', true],
      ['invoice-reconciliation-effort', true],
      ['time-to-onboard', true],
    ]);
  });
});

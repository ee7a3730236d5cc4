import { describe, expect, test } from 'vitest';
import type { Order } from '#model/canonical';
import { decimal, Fault } from '#model/kernel';
import { FulfilmentAcknowledged, FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { CancelFulfilment, ReleaseAgain, ReleasedByHand } from '../fulfilment/events.ts';
import { fulfilment } from '../fulfilment/flow.ts';
import { type Actor, createStory, orderActors, orderOfTests, type TestLine, underWay } from '../testing/index.ts';
import type { OrderDocument } from './document.ts';
import { CancelRequested, ChangeRequested, HoldReleased } from './events.ts';
import { orderToCash } from './flow.ts';

const orderNumber = '100001';
const asker = { requestedBy: 'api:shop', reason: 'the customer rang' };

function storyOf(actors: Readonly<Record<string, Actor>> = {}, order: Partial<Order> = {}) {
  const story = createStory([orderToCash, fulfilment], { ...orderActors, ...actors });
  const child = (round = 1, site = 'NORTH') => `${orderNumber}-${site}-${round}`;
  return Object.assign(story, {
    begin: () => story.start(orderToCash, orderNumber, orderOfTests(order)),
    state: () => story.run(orderToCash, orderNumber).state,
    doc: () => story.run(orderToCash, orderNumber).document as OrderDocument,
    change: (wanted: object) => story.tell(orderToCash, orderNumber, ChangeRequested, { ...asker, ...wanted }),
    cancel: () => story.tell(orderToCash, orderNumber, CancelRequested, asker),
    shipped: (lines: readonly (readonly [number, string, string?])[], round = 1, number = 'S1') =>
      story.tell(fulfilment, child(round), ShipmentConfirmed, {
        shipment: {
          shipmentNumber: number,
          fulfilmentNumber: child(round),
          site: 'NORTH',
          shippedAt: '2026-03-02T15:00:00.000Z',
          lines: lines.map(([lineNumber, shipped, short = '0']) => ({
            lineNumber,
            item: lineNumber === 1 ? '85123A' : '71053',
            shipped,
            short,
            unit: 'EA',
          })),
        },
        final: true,
        inferred: [],
      }),
    stopped: (round = 1) =>
      story.tell(fulfilment, child(round), FulfilmentCancelled, { fulfilmentNumber: child(round) }),
    requests: (effect: string) =>
      story
        .calls()
        .filter((call) => call.effect === effect)
        .map(({ request }) => request as { readonly lines: readonly TestLine[] }),
  });
}
type Story = ReturnType<typeof storyOf>;

const shortOf: Actor = ({ lines }: { lines: readonly TestLine[] }) => ({
  lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, places: [], short: quantity })),
});
const overLimit: Actor = () => ({
  known: true,
  name: 'H',
  blocked: false,
  currency: 'GBP',
  creditLimit: '50',
  creditUsed: '0',
});
const chargesOnly: Partial<Order> = {
  lines: [
    { lineNumber: 1, kind: 'charge', item: 'POST', quantity: decimal('1'), unit: 'EA', unitPrice: decimal('18') },
  ],
};

/** How an order comes to stand in each state in which it waits. */
const reached: Readonly<Record<string, () => Story>> = {
  checking: () => storyOf({ 'check-customer': () => underWay }),
  held: () => storyOf({ 'check-customer': overLimit }),
  reserving: () => storyOf({ 'reserve-stock': () => underWay }),
  'awaiting-stock': () => storyOf({ 'reserve-stock': shortOf }, { shippingPolicy: 'ship-complete' }),
  booking: () => storyOf({ 'book-in-erp': () => underWay }),
  fulfilling: () => storyOf(),
  'invoicing-charges': () => storyOf({ 'invoice-charges': () => underWay }, chargesOnly),
  'awaiting-remainder': () => storyOf({ 'reserve-stock': shortOf }),
  closing: () => storyOf({ 'release-stock': () => underWay }),
};
const waitingStates = Object.entries(orderToCash.table.states)
  .filter(([, state]) => state.within !== undefined)
  .map(([name]) => name);

function inState(state: string): Story {
  const story = reached[state]?.();
  if (story === undefined) throw new Error(`the matrix does not know how an order comes to be ${state}`);
  story.begin();
  if (state === 'closing') {
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
  }
  expect(story.state()).toBe(state);
  return story;
}

/** The table of docs/decisions/0009-changes-to-an-order.md. */
const verdicts: Readonly<Record<string, { readonly change: string; readonly cancel: string }>> = {
  checking: { change: 'accepted', cancel: 'accepted' },
  held: { change: 'accepted', cancel: 'accepted' },
  reserving: { change: 'accepted', cancel: 'accepted' },
  'awaiting-stock': { change: 'accepted', cancel: 'accepted' },
  booking: { change: 'accepted', cancel: 'accepted' },
  fulfilling: { change: 'pending', cancel: 'pending' },
  'invoicing-charges': { change: 'refused', cancel: 'refused' },
  'awaiting-remainder': { change: 'accepted', cancel: 'accepted' },
  closing: { change: 'refused', cancel: 'refused' },
};

describe('in every state in which an order waits', () => {
  test('the documented verdicts speak of each', () => {
    expect(Object.keys(verdicts).toSorted()).toEqual(waitingStates.toSorted());
  });

  test.each(waitingStates)('%s: a change gets its verdict, with the reason of a refusal', (state) => {
    const story = inState(state);
    story.change({ lines: [{ lineNumber: 1, quantity: '4' }] });
    const [change, ...others] = story.doc().changes ?? [];
    expect(others).toEqual([]);
    expect(change).toMatchObject({ id: '1', by: 'api:shop', verdict: verdicts[state]?.change });
    if (change?.verdict === 'refused') expect(change.because).toBeTruthy();
    if (change?.verdict === 'accepted') expect(story.doc().lines[1]).toMatchObject({ ordered: '6', cancelled: '2' });
  });

  test.each(waitingStates)('%s: a cancellation gets its verdict, with the reason of a refusal', (state) => {
    const story = inState(state);
    story.cancel();
    const { cancellation } = story.doc();
    expect(cancellation).toMatchObject({ requestedBy: 'api:shop', verdict: verdicts[state]?.cancel });
    if (cancellation?.verdict === 'refused') expect(cancellation.because).toBeTruthy();
    const isEnded = story.run(orderToCash, orderNumber).phase === 'ended';
    expect(isEnded).toBe(cancellation?.verdict === 'accepted');
  });
});

describe('a change before the release', () => {
  test('takes the booking and the stock back before it books anew, and never has two', () => {
    let refusals = 1;
    const story = storyOf({
      'book-in-erp': ({ lines }: { lines: readonly TestLine[] }) => {
        refusals -= 1;
        return refusals >= 0
          ? new Fault('business', { code: 'credit-limit-exceeded', message: 'over the limit' })
          : { id: String(lines.length), reference: 'SO', untaxed: '1', tax: '0', total: '1' };
      },
    });
    story.begin();
    expect(story.state()).toBe('held');
    expect(story.doc().lines).toMatchObject({ 1: { allocated: '6' } });
    story.change({
      lines: [{ lineNumber: 1, quantity: '8' }],
      add: [{ kind: 'goods', item: '22633', quantity: '3', unit: 'EA' }],
    });
    expect(story.state()).toBe('fulfilling');
    const effects = story.calls().map(({ effect }) => effect);
    expect(effects.lastIndexOf('book-in-erp')).toBeGreaterThan(effects.indexOf('undo reserve-stock'));
    expect(effects.lastIndexOf('reserve-stock')).toBeGreaterThan(effects.indexOf('undo reserve-stock'));
    expect(
      story
        .requests('book-in-erp')
        .at(-1)
        ?.lines.map(({ lineNumber, quantity }) => [lineNumber, quantity]),
    ).toEqual([
      [1, '8'],
      [2, '10'],
      [4, '3'],
      [3, '1'],
    ]);
    expect(story.doc().changes).toMatchObject([
      { verdict: 'accepted', what: ['line 1 from 6 to 8', 'add 3 EA of 22633'] },
    ]);
  });

  test('of an order of two bookings, one made, takes that one back first', () => {
    let made = 0;
    const split: Actor = ({ lines }: { lines: readonly TestLine[] }) => ({
      lines: lines.map(({ lineNumber, quantity }) => ({
        lineNumber,
        places: [{ site: lineNumber === 1 ? 'NORTH' : 'SOUTH', quantity }],
        short: '0',
      })),
    });
    const story = storyOf({
      'reserve-stock': split,
      'book-in-erp': ({ site }: { site: string }) => {
        made += 1;
        return site === 'SOUTH' && made === 2
          ? new Fault('business', { code: 'not-enough-stock', message: 'only 3' })
          : { id: String(made), reference: `SO${made}`, untaxed: '1', tax: '0', total: '1' };
      },
    });
    story.begin();
    expect(story.state()).toBe('held');
    story.change({ lines: [{ lineNumber: 2, quantity: '3' }] });
    expect(story.state()).toBe('fulfilling');
    const effects = story.calls().map(({ effect }) => effect);
    expect(story.called('undo book-in-erp')).toBe(1);
    expect(effects.indexOf('undo book-in-erp')).toBeLessThan(effects.indexOf('undo reserve-stock'));
    const standing = story.doc().bookings.filter(({ withdrawn }) => withdrawn !== true);
    expect(standing.map(({ site, round }) => [site, round])).toEqual([
      ['NORTH', 2],
      ['SOUTH', 2],
    ]);
  });

  test('is checked anew: more than the limit allows is held, and what was waived is honoured', () => {
    const limit =
      (creditLimit: string): Actor =>
      () => ({
        known: true,
        name: 'H',
        blocked: false,
        currency: 'GBP',
        creditLimit,
        creditUsed: '0',
      });
    const story = storyOf(
      { 'check-customer': limit('100'), 'reserve-stock': shortOf },
      { shippingPolicy: 'ship-complete' },
    );
    story.begin();
    expect(story.state()).toBe('awaiting-stock');
    story.change({ lines: [{ lineNumber: 1, quantity: '60' }] });
    expect(story.state()).toBe('held');
    story.tell(orderToCash, orderNumber, HoldReleased, { hold: 'credit', releasedBy: 'api:finance', reason: 'paid' });
    expect(story.state()).toBe('awaiting-stock');
    story.change({ requestedDate: '2026-04-01' });
    expect(story.state()).toBe('awaiting-stock');
    expect(story.doc().amended).toMatchObject({ requestedDate: '2026-04-01' });
  });

  test('of all lines to nothing ends the order with nothing anywhere', () => {
    const story = inState('held');
    story.change({ lines: [1, 2].map((lineNumber) => ({ lineNumber, quantity: '0' })) });
    expect(story.state()).toBe('cancelled');
    expect(story.called('book-in-erp')).toBe(0);
  });

  test('that changes nothing takes nothing back', () => {
    const story = inState('held');
    story.change({
      lines: [
        { lineNumber: 1, quantity: '6' },
        { lineNumber: 9, quantity: '1' },
      ],
    });
    expect(story.doc().changes).toMatchObject([{ verdict: 'refused', because: 'there is no line 9' }]);
    expect(story.calls().filter(({ effect }) => effect.startsWith('undo'))).toEqual([]);
  });
});

describe('a change while a warehouse has the order', () => {
  test('for more of a line goes in another round, and nobody is stopped', () => {
    const story = inState('fulfilling');
    story.change({ lines: [{ lineNumber: 1, quantity: '9' }] });
    expect(story.doc().changes).toMatchObject([{ verdict: 'accepted' }]);
    expect(story.called('request-cancellation')).toBe(0);
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
    expect(story.state()).toBe('fulfilling');
    expect(
      story
        .requests('release-to-warehouse')
        .at(-1)
        ?.lines.map(({ item, quantity }) => [item, quantity]),
    ).toEqual([['85123A', '3']]);
    story.shipped([[1, '3']], 2, 'S2');
    expect(story.state()).toBe('completed');
    expect(story.doc().lines[1]).toMatchObject({ ordered: '9', shipped: '9' });
  });

  test('for less is asked; the warehouse stops, and the rest goes round again under a number of its own', () => {
    const story = inState('fulfilling');
    story.change({ lines: [{ lineNumber: 1, quantity: '4' }], shipTo: { name: 'New shop', country: 'GB' } });
    expect(story.doc().changes).toMatchObject([{ verdict: 'pending' }]);
    expect(story.called('request-cancellation')).toBe(1);
    story.stopped();
    expect(story.doc().changes).toMatchObject([{ verdict: 'accepted' }]);
    expect(story.called('withdraw-booking')).toBe(1);
    expect(story.requests('release-to-warehouse').at(-1)).toMatchObject({
      fulfilmentNumber: `${orderNumber}-NORTH-2`,
      shipTo: { name: 'New shop' },
      lines: [{ quantity: '4' }, { quantity: '10' }],
    });
    expect(story.called('book-in-erp')).toBe(2);
  });

  test('that the warehouse does not heed is refused: what has left cannot be changed', () => {
    const story = inState('fulfilling');
    story.change({ lines: [{ lineNumber: 1, quantity: '4' }] });
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
    expect(story.state()).toBe('completed');
    expect(story.doc().changes).toMatchObject([
      { verdict: 'refused', because: 'line 1 cannot be less than 6: so much has left or is with a warehouse' },
    ]);
  });

  test('that comes in the middle is made as far as it can be', () => {
    const story = inState('fulfilling');
    story.change({
      lines: [
        { lineNumber: 1, quantity: '2' },
        { lineNumber: 2, quantity: '3' },
      ],
    });
    story.shipped([
      [1, '4', '2'],
      [2, '0', '10'],
    ]);
    expect(story.doc().changes).toMatchObject([
      { verdict: 'partly', because: expect.stringContaining('line 1 cannot be less than 4') },
    ]);
    expect(story.doc().lines).toMatchObject({
      1: { ordered: '6', shipped: '4', cancelled: '2' },
      2: { cancelled: '7', released: '3' },
    });
  });

  test('is one at a time: a second is refused until the first is decided, and a cancellation overtakes it', () => {
    const story = inState('fulfilling');
    story.change({ lines: [{ lineNumber: 1, quantity: '4' }] });
    story.change({ lines: [{ lineNumber: 2, quantity: '4' }] });
    expect(story.doc().changes).toMatchObject([
      { verdict: 'pending' },
      { verdict: 'refused', because: expect.stringContaining('another change waits') },
    ]);
    story.cancel();
    expect(story.doc().changes).toMatchObject([
      { verdict: 'refused', because: expect.stringContaining('cancelled') },
      {},
    ]);
    story.stopped();
    expect(story.state()).toBe('cancelled');
    expect(story.doc().cancellation).toMatchObject({ verdict: 'accepted' });
  });
});

describe('a cancellation', () => {
  test('that the warehouse heeds in part says what had left', () => {
    const story = inState('fulfilling');
    story.cancel();
    story.shipped([
      [1, '6'],
      [2, '4', '6'],
    ]);
    expect(story.state()).toBe('completed');
    expect(story.doc().cancellation).toMatchObject({ verdict: 'partly', because: expect.stringContaining('S1') });
  });

  test('that it does not heed is refused with the reason', () => {
    const story = inState('fulfilling');
    story.cancel();
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
    expect(story.doc().cancellation).toMatchObject({
      verdict: 'refused',
      because: 'the warehouse had shipped everything: S1',
    });
  });
});

const child = `${orderNumber}-NORTH-1`;
const refusal = { fulfilmentNumber: child, document: 'release', accepted: false, reasons: ['N4 is missing'] };

describe('a request to stop a fulfilment', () => {
  const ways: Readonly<
    Record<
      string,
      {
        readonly actors: Readonly<Record<string, Actor>>;
        readonly leadsTo: string;
        readonly on?: (story: Story) => void;
      }
    >
  > = {
    releasing: { actors: { 'release-to-warehouse': () => underWay }, leadsTo: 'releasing' },
    unacknowledged: {
      actors: { 'release-to-warehouse': () => ({ reference: '9', acknowledgeWithinMs: 1_000 }) },
      leadsTo: 'cancelling',
    },
    released: { actors: {}, leadsTo: 'cancelling' },
    cancelling: {
      actors: {},
      leadsTo: 'cancelling',
      on: (story) => story.tell(fulfilment, child, CancelFulfilment, { reason: 'x' }),
    },
    refused: {
      actors: { 'withdraw-booking': () => underWay },
      leadsTo: 'withdrawing',
      on: (story) => story.tell(fulfilment, child, FulfilmentAcknowledged, refusal),
    },
    issuing: {
      actors: { 'issue-goods': () => underWay },
      leadsTo: 'issuing',
      on: (story) => story.shipped([[1, '6']]),
    },
    invoicing: {
      actors: { 'post-invoice': () => underWay },
      leadsTo: 'invoicing',
      on: (story) => story.shipped([[1, '6']]),
    },
    withdrawing: {
      actors: { 'withdraw-booking': () => underWay },
      leadsTo: 'withdrawing',
      on: (story) => story.stopped(),
    },
  };
  const states = Object.entries(fulfilment.table.states)
    .filter(([, state]) => state.within !== undefined)
    .map(([name]) => name);

  test.each(states)('is decided in %s, and nobody is asked twice', (state) => {
    const way = ways[state];
    if (way === undefined) throw new Error(`the matrix does not know ${state}`);
    const story = storyOf(way.actors);
    story.begin();
    way.on?.(story);
    expect(story.run(fulfilment, child).state).toBe(state);
    story.tell(fulfilment, child, CancelFulfilment, { reason: 'the customer rang' });
    const run = story.run(fulfilment, child);
    expect(run.state).toBe(way.leadsTo);
    expect(run.cases.map(({ cause }) => cause).filter((cause) => cause.startsWith('unexpected'))).toEqual([]);
    expect(story.called('request-cancellation')).toBeLessThanOrEqual(1);
  });
});

describe('a release that the warehouse could not read', () => {
  const refused = () => {
    const story = inState('fulfilling');
    story.tell(fulfilment, child, FulfilmentAcknowledged, refusal);
    expect(story.run(fulfilment, child).state).toBe('refused');
    return story;
  };

  test('is mended by a change, and released anew under a number of its own', () => {
    const story = refused();
    story.change({ shipTo: { name: 'With a city', city: 'Leeds', country: 'GB' } });
    expect(story.called('request-cancellation')).toBe(0);
    expect(story.requests('release-to-warehouse').at(-1)).toMatchObject({
      fulfilmentNumber: `${orderNumber}-NORTH-2`,
      shipTo: { city: 'Leeds' },
    });
  });

  test('is released anew as it is, when the warehouse has mended its side', () => {
    const story = refused();
    story.tell(fulfilment, child, ReleaseAgain, asker);
    expect(story.called('release-to-warehouse')).toBe(2);
    expect(story.called('withdraw-booking')).toBe(1);
    expect(story.state()).toBe('fulfilling');
  });

  test('goes on when the warehouse was told by hand', () => {
    const story = refused();
    story.tell(fulfilment, child, ReleasedByHand, asker);
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
    expect(story.state()).toBe('completed');
    expect(story.called('release-to-warehouse')).toBe(1);
  });
});

describe('a warehouse that acknowledges', () => {
  const waiting = () => {
    const story = storyOf({ 'release-to-warehouse': () => ({ reference: '9', acknowledgeWithinMs: 1_000 }) });
    story.begin();
    const { visit } = story.run(fulfilment, child);
    story.tell(fulfilment, child, { name: 'deadline' }, { state: 'unacknowledged', visit });
    expect(story.run(fulfilment, child).cases.map(({ cause }) => cause)).toEqual(['acknowledgement-overdue']);
    return story;
  };

  test('late: the overdue acknowledgement is a case, which closes when it comes', () => {
    const story = waiting();
    story.tell(fulfilment, child, FulfilmentAcknowledged, { ...refusal, accepted: true, reasons: [] });
    expect(story.run(fulfilment, child)).toMatchObject({ state: 'released', cases: [] });
  });

  test('never, and ships: the case closes with the goods', () => {
    const story = waiting();
    story.shipped([
      [1, '6'],
      [2, '10'],
    ]);
    expect(story.state()).toBe('completed');
    expect(story.run(fulfilment, child).cases).toEqual([]);
  });
});

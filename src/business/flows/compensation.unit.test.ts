import { describe, expect, test } from 'vitest';
import { decimal, Fault } from '#model/kernel';
import { FulfilmentCancelled, ShipmentConfirmed } from '#model/messages';
import { NoticeDue } from './customer-notices/events.ts';
import { customerNotices } from './customer-notices/flow.ts';
import { CancelFulfilment } from './fulfilment/events.ts';
import { fulfilment } from './fulfilment/flow.ts';
import { OrderChanged } from './order-news/events.ts';
import { orderNews } from './order-news/flow.ts';
import { CancelRequested, ChangeRequested } from './order-to-cash/events.ts';
import { orderToCash } from './order-to-cash/flow.ts';
import { type Actor, createStory, orderActors, orderOfTests, type TestLine, underWay } from './testing/index.ts';

const orderNumber = '100001';
const child = `${orderNumber}-NORTH-1`;

const everything = {
  shipment: {
    shipmentNumber: 'S1',
    fulfilmentNumber: child,
    site: 'NORTH',
    shippedAt: '2026-03-02T15:00:00.000Z',
    lines: [
      { lineNumber: 1, item: '85123A', shipped: '6', short: '0', unit: 'EA' },
      { lineNumber: 2, item: '71053', shipped: '10', short: '0', unit: 'EA' },
    ],
  },
  final: true,
  inferred: [],
};

const notice = { id: 'dispatch-S1', kind: 'dispatch', subject: 'On its way', text: 'It has left.' };
const postage = { lineNumber: 1, kind: 'charge', item: 'POST', quantity: decimal('1'), unit: 'EA' } as const;
const newStory = (actors: Readonly<Record<string, Actor>>) =>
  createStory([orderToCash, fulfilment, orderNews, customerNotices], {
    ...orderActors,
    'tell-crm': () => undefined,
    'send-notice': () => ({ reference: '<1@mail>' }),
    ...actors,
  });
type Story = ReturnType<typeof newStory>;
const waits = (story: Story): boolean => story.runs().some(({ open }) => open.some(({ parked }) => parked));

/** Lives in which every effect of every flow is asked; each stops where an effect does not succeed. */
const lives = {
  'an order that is shipped': (story) => {
    story.start(orderToCash, orderNumber, orderOfTests());
    if (story.runs().some(({ key }) => key === child)) story.tell(fulfilment, child, ShipmentConfirmed, everything);
  },
  'an order that is cancelled at its warehouse': (story) => {
    story.start(orderToCash, orderNumber, orderOfTests());
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'not wanted' });
    if (!waits(story)) story.tell(fulfilment, child, FulfilmentCancelled, { fulfilmentNumber: child });
  },
  'an order of charges': (story) =>
    story.start(orderToCash, orderNumber, orderOfTests({ lines: [{ ...postage, unitPrice: decimal('18') }] })),
  'news of an order': (story) => {
    story.start(orderNews, orderNumber, { opportunity: '006', orderNumber });
    story.tell(orderNews, orderNumber, OrderChanged, { state: 'dispatched', trackingNumbers: [], final: true });
  },
  'notices of an order': (story) => {
    story.start(customerNotices, orderNumber, { orderNumber, customer: '17850', email: 'orders@harbour.example' });
    story.tell(customerNotices, orderNumber, NoticeDue, { notice, final: true });
  },
} as const satisfies Record<string, (story: Story) => void>;

function live(actors: Readonly<Record<string, Actor>>, life: keyof typeof lives = 'an order that is shipped') {
  const story = newStory(actors);
  lives[life](story);
  return story;
}

/** Every effect with the first life that asks it. */
const asked = new Map<string, keyof typeof lives>();
for (const life of Object.keys(lives) as (keyof typeof lives)[]) {
  for (const { effect } of live({}, life).calls()) if (!asked.has(effect)) asked.set(effect, life);
}
const flows = [orderToCash, fulfilment, orderNews, customerNotices] as const;
const flowOf = (name: string) => flows.find(({ table }) => table.effects.has(name)) ?? orderToCash;
const effectOf = (name: string) => flowOf(name).table.effects.get(name);

test('the lives ask every effect of every flow', () => {
  const all = flows.flatMap(({ table }) => [...table.effects.keys()]);
  expect([...asked.keys()].toSorted()).toEqual(all.toSorted());
});

/** How each of them may not succeed. In doubt: nobody can say, and a person finds out that it was not done. */
const failures = {
  'fails for good': () => new Fault('permanent', { code: 'gone', message: 'gone' }),
  'is refused': () => new Fault('business', { code: 'no', message: 'no' }),
  'ends in doubt': () => new Fault('ambiguous', { code: 'lost', message: 'the answer was lost' }),
} as const satisfies Record<string, Actor>;

/** What the journal of a run says was done, oldest first: name and occurrence. */
const doneBy = (story: Story, flow: (typeof flows)[number], key: string): readonly string[] =>
  story
    .journalOf(flow, key)
    .flatMap((entry) =>
      entry.kind === 'settled' && entry.outcome === 'done' && entry.undoes !== true ? [entry.name] : [],
    );

describe.each(Object.keys(failures) as readonly (keyof typeof failures)[])('when an effect %s', (how) => {
  test.each([...asked].filter(([effect]) => flowOf(effect).table.abandonTo !== undefined))(
    '%s (%s): what was done before it is undone in reverse, one by one, and what cannot be says so',
    (effect, life) => {
      const flow = flowOf(effect);
      const key = flow === fulfilment ? child : orderNumber;
      const story = live({ [effect]: failures[how] }, life);
      const before = story.run(flow as never, key);
      expect(before.phase, `${effect} holds the run up`).toBe('forward');
      const done = doneBy(story, flow, key);
      const calls = story.calls().length;

      if (how === 'ends in doubt') {
        const parked = before.open.find(({ doubtful }) => doubtful === true);
        expect(parked?.name).toBe(effect);
        story.tell(flow as never, key, { name: 'decide.compensate' }, { reason: 'the customer is gone' });
        // Nothing is undone while it may have been done.
        expect(story.calls().slice(calls)).toEqual([]);
        story.tell(flow as never, key, { name: 'decide.not-done' }, { effect: parked?.key, reason: 'looked it up' });
      } else story.tell(flow as never, key, { name: 'decide.compensate' }, { reason: 'the customer is gone' });

      // What a round booked and claimed has left with its fulfilments, or was taken back by them.
      const stands = before.state === 'closing' ? ['book-in-erp', 'reserve-stock'] : [];
      const undoable = done
        .filter((name) => typeof effectOf(name)?.undo === 'function' && !stands.includes(name))
        .toReversed();
      const undone = story
        .calls()
        .slice(calls)
        .flatMap(({ effect: called }) => (called.startsWith('undo ') ? [called.slice('undo '.length)] : []));
      expect(undone).toEqual(undoable);

      const beyond = done.filter((name) => typeof effectOf(name)?.undo === 'object');
      const cases = story.run(flow as never, key).cases.map(({ cause }) => cause);
      expect(cases.filter((cause) => cause.startsWith('cannot-undo-')).toSorted()).toEqual(
        [...new Set(beyond)].map((name) => `cannot-undo-${name}`).toSorted(),
      );
      expect(story.run(flow as never, key).phase).not.toBe('unwinding');
    },
  );

  test.each([...asked].filter(([effect]) => flowOf(effect).table.abandonTo === undefined))(
    '%s (%s): the run cannot be given up and waits, and goes on when a person decides',
    (effect, life) => {
      const flow = flowOf(effect);
      const story = live({ [effect]: failures[how] }, life);
      const before = story.run(flow as never, orderNumber);
      expect(before.cases).toMatchObject([{ effect: before.open[0]?.key }]);
      story.tell(flow as never, orderNumber, { name: 'decide.compensate' }, { reason: 'the customer is gone' });
      expect(story.run(flow as never, orderNumber)).toMatchObject({ phase: 'forward', open: before.open });
      const decision = { effect: before.open[0]?.key, reason: 'told by telephone' };
      story.tell(flow as never, orderNumber, { name: 'decide.skip' }, decision);
      expect(story.run(flow as never, orderNumber)).toMatchObject({ ending: 'completed', cases: [] });
    },
  );
});

describe('an order whose fulfilment is under way', () => {
  const giveUp = { reason: 'the customer is gone' };
  const begun = (): Story => {
    const story = newStory({});
    story.start(orderToCash, orderNumber, orderOfTests());
    return story;
  };

  test('cannot be given up: the answer names the fulfilment, and nothing is taken back', () => {
    const story = begun();
    story.tell(orderToCash, orderNumber, { name: 'decide.compensate' }, giveUp);
    expect(story.run(orderToCash, orderNumber)).toMatchObject({ phase: 'forward', state: 'fulfilling' });
    expect(story.calls().filter(({ effect }) => effect.startsWith('undo '))).toEqual([]);
    expect(story.journalOf(orderToCash, orderNumber).at(-1)).toMatchObject({
      because: `fulfilment ${child} is under way: cancel it, or give that up first`,
    });
  });

  test('can be cancelled: its warehouse is asked, and when that stops nothing is left to undo twice', () => {
    const story = begun();
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'not wanted' });
    story.tell(fulfilment, child, FulfilmentCancelled, { fulfilmentNumber: child });
    expect(story.run(orderToCash, orderNumber)).toMatchObject({ phase: 'ended', ending: 'cancelled' });
    expect([story.called('withdraw-booking'), story.called('undo book-in-erp')]).toEqual([1, 0]);
  });

  test('can be cancelled although somebody tried to give it up', () => {
    const story = begun();
    story.tell(orderToCash, orderNumber, { name: 'decide.compensate' }, giveUp);
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'not wanted' });
    story.tell(fulfilment, child, FulfilmentCancelled, { fulfilmentNumber: child });
    expect(story.run(orderToCash, orderNumber)).toMatchObject({ phase: 'ended', ending: 'cancelled' });
  });
});

test('every effect has an undo, or says why not', () => {
  for (const flow of flows) {
    for (const { name, undo } of flow.table.effects.values()) {
      if (typeof undo === 'object') expect(undo.because, name).toMatch(/\w+ \w+/);
      else expect(typeof undo === 'function' || undo === 'nothing-to-undo', name).toBe(true);
    }
  }
});

test('an undo that fails waits for a person, and the rest is undone after', () => {
  let isBroken = true;
  const story = live({
    'book-in-erp': failures['fails for good'],
    'undo reserve-stock': () => (isBroken ? new Fault('permanent', { code: 'x', message: 'locked' }) : undefined),
  });
  story.tell(orderToCash, orderNumber, { name: 'decide.compensate' }, { reason: 'gone' });
  const waiting = story.run(orderToCash, orderNumber);
  expect(waiting.phase).toBe('unwinding');
  expect(waiting.cases.map(({ cause }) => cause)).toContain('undo-failed-reserve-stock');
  expect(story.called('undo claim-purchase-order')).toBe(0);
  isBroken = false;
  const [parked] = waiting.open;
  story.tell(orderToCash, orderNumber, { name: 'decide.retry' }, { effect: parked?.key, reason: 'unlocked' });
  expect(story.run(orderToCash, orderNumber)).toMatchObject({ phase: 'ended', ending: 'compensated' });
  expect(story.called('undo claim-purchase-order')).toBe(1);
});

test.each(['decide.not-done', 'decide.retry'])('%s sends nothing of a state that was left', (decision) => {
  const story = createStory([orderToCash, fulfilment], {
    ...orderActors,
    'request-cancellation': failures['ends in doubt'],
    'issue-goods': () => underWay,
  });
  story.start(orderToCash, orderNumber, orderOfTests());
  story.tell(fulfilment, child, CancelFulfilment, { reason: 'the customer called' });
  const [doubtful] = story.run(fulfilment, child).open;
  story.tell(fulfilment, child, ShipmentConfirmed, everything);
  expect(story.run(fulfilment, child).cases).toMatchObject([{ effect: doubtful?.key }]);
  story.tell(fulfilment, child, { name: decision }, { effect: doubtful?.key, reason: 'seen to' });
  expect(story.called('request-cancellation')).toBe(1);
  expect(story.run(fulfilment, child)).toMatchObject({ state: 'issuing', cases: [] });
});

describe('in a later round', () => {
  /** One line has left and is invoiced; the rest, of which there was none, is being checked again. */
  function restIsChecked() {
    let checks = 0;
    let rounds = 0;
    const story = createStory([orderToCash, fulfilment], {
      ...orderActors,
      'check-customer': (request: never) => {
        checks += 1;
        return checks > 1 ? underWay : orderActors['check-customer']?.(request, '');
      },
      'reserve-stock': ({ lines }: { readonly lines: readonly TestLine[] }) => {
        rounds += 1;
        return {
          lines: lines.map(({ lineNumber, quantity }) =>
            rounds === 1 && lineNumber === 2
              ? { lineNumber, places: [], short: quantity }
              : { lineNumber, places: [{ site: 'NORTH', quantity }], short: '0' },
          ),
        };
      },
    });
    story.start(orderToCash, orderNumber, orderOfTests({}));
    const [first] = everything.shipment.lines;
    story.tell(fulfilment, child, ShipmentConfirmed, {
      ...everything,
      shipment: { ...everything.shipment, lines: first ? [first] : [] },
    });
    const { state, visit } = story.run(orderToCash, orderNumber);
    story.tell(orderToCash, orderNumber, { name: 'deadline' }, { state, visit });
    expect(story.run(orderToCash, orderNumber)).toMatchObject({ state: 'checking', document: { round: 2 } });
    return story;
  }

  test('a cancellation leaves what was shipped and invoiced', () => {
    const story = restIsChecked();
    story.tell(orderToCash, orderNumber, CancelRequested, { requestedBy: 'api:shop', reason: 'not wanted' });
    expect([story.called('undo book-in-erp'), story.called('undo reserve-stock')]).toEqual([0, 0]);
  });

  test('a change leaves what was shipped and invoiced', () => {
    const story = restIsChecked();
    const lines = [{ lineNumber: 2, quantity: '12' }];
    story.tell(orderToCash, orderNumber, ChangeRequested, { requestedBy: 'api:shop', reason: 'more', lines });
    expect([story.called('undo book-in-erp'), story.called('undo reserve-stock')]).toEqual([0, 0]);
  });
});

import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import type { Incident, PlannedOrder } from '../plan/plan.ts';
import type { CrmDesk, Fate } from './crm-desk.ts';
import { driveDay } from './drive-day.ts';
import type { OrderView } from './observed.ts';
import type { ApiAnswer, OrdersApi } from './orders-api.ts';
import type { PlannedScript } from './scripts.ts';
import { createStories } from './story.ts';
import { pollingWatch } from './watch.ts';

const planned = (incident?: Incident, channel: 'api' | 'crm' = 'api'): PlannedOrder => ({
  id: '536365',
  channel,
  submission: {
    customer: '17850',
    customerPurchaseOrder: 'PO-536365',
    currency: 'GBP',
    orderedAt: '2010-12-01T08:26:00.000Z',
    shipTo: { name: 'X', country: 'GB' },
    sourceReference: '536365',
    lines: [{ kind: 'goods', item: 'A', quantity: decimal('6'), unit: 'EA', unitPrice: decimal('2.55') }],
  },
  agreed: [decimal('2.55')],
  ...(incident === undefined ? {} : { incident }),
});

type States = readonly (readonly [state: string, ...holds: string[]])[];

/** A platform that goes through given states: one further at each look, or at each deed where it waits for one. */
function given(states: Readonly<Record<string, States>>, fate?: Fate) {
  const calls: string[] = [];
  const scripted: PlannedScript[] = [];
  const keys = new Map<string, string>();
  const position = new Map<string, number>();
  const view = (orderNumber: string): OrderView => {
    const all = states[orderNumber] ?? [];
    const [state = 'lost', ...holds] = all[Math.min(position.get(orderNumber) ?? 0, all.length - 1)] ?? [];
    return { orderNumber, state, holds: holds.map((kind) => ({ hold: kind, kind })) };
  };
  const forward = (orderNumber: string): void => {
    position.set(orderNumber, (position.get(orderNumber) ?? 0) + 1);
  };
  const answer = (status: number, body: unknown): ApiAnswer => ({ status, body });
  const api: OrdersApi = {
    submit: async (submission, key) => {
      calls.push(`submit ${key}`);
      const known = keys.get(key);
      const text = JSON.stringify(submission);
      if (known !== undefined && known !== text) return answer(422, { errors: [] });
      if (known === undefined) keys.set(key, text);
      return answer(202, { orderNumber: String(100001 + [...keys.keys()].indexOf(key)) });
    },
    order: async (orderNumber) => {
      const seen = view(orderNumber);
      if (!['held', 'awaiting-stock', 'awaiting-remainder'].includes(seen.state)) forward(orderNumber);
      return seen;
    },
    narrative: async () => ({}),
    cancel: async (orderNumber) => {
      calls.push(`cancel ${orderNumber}`);
      forward(orderNumber);
      return answer(202, {});
    },
    release: async (orderNumber, hold) => {
      calls.push(`release ${hold} of ${orderNumber}`);
      forward(orderNumber);
      return answer(202, {});
    },
  };
  const crm: CrmDesk = { win: async () => '006', fate: async () => fate };
  const needs = {
    api,
    crm,
    watch: pollingWatch(api.order, { firstMs: 1, slowestMs: 2 }),
    script: async (scripts: readonly PlannedScript[]) => {
      scripted.push(...scripts);
    },
  };
  const stories = createStories(needs, { timeoutMs: 200, run: 'day-1' });
  return { stories, calls, scripted, needs };
}

describe('an order’s story', () => {
  test('is followed to its end, with every state and hold that was seen', async () => {
    const { stories, calls } = given({ '100001': [['checking'], ['held', 'price'], ['fulfilling'], ['completed']] });
    const [observed] = await stories.tell(planned({ kind: 'price-moved', line: 0 }));
    expect(observed).toMatchObject({ orderNumber: '100001', status: 202, state: 'completed', holdsSeen: ['price'] });
    expect(observed?.trouble).toBeUndefined();
    expect(calls).toEqual(['submit day-1-536365', 'release price of 100001']);
  });

  test('with the same key again is the same order, and with another body a problem', async () => {
    const completed = { '100001': [['completed']] } as const;
    const [again] = await given(completed).stories.tell(planned({ kind: 'repeated-submission' }));
    expect(again?.deeds).toEqual([{ what: 'submit the same again', asExpected: true }]);
    const [changed] = await given(completed).stories.tell(planned({ kind: 'changed-submission' }));
    expect(changed?.deeds).toEqual([{ what: 'submit another under the same key', asExpected: true }]);
  });

  test('under a number that is already open is told twice: the second is cancelled before the first goes on', async () => {
    const { stories, calls } = given({
      '100001': [['held', 'price'], ['completed']],
      '100002': [['held', 'price', 'duplicate'], ['cancelled']],
    });
    const told = await stories.tell(planned({ kind: 'duplicate-purchase-order', line: 0 }));
    expect(told).toMatchObject([
      { id: '536365', state: 'completed' },
      { id: '536365 again', state: 'cancelled', holdsSeen: ['price', 'duplicate'] },
    ]);
    expect(calls).toEqual([
      'submit day-1-536365',
      'submit day-1-536365_again',
      'cancel 100002',
      'release price of 100001',
    ]);
  });

  test('by the CRM begins with the number that appears there, or ends in quarantine', async () => {
    const won = given({ '100009': [['completed']] }, { orderNumber: '100009' });
    expect(await won.stories.tell(planned(undefined, 'crm'))).toMatchObject([{ orderNumber: '100009' }]);
    const kept = given({}, { quarantined: true });
    expect(await kept.stories.tell(planned(undefined, 'crm'))).toMatchObject([{ quarantined: true }]);
    const [nothing] = await given({}).stories.tell(planned(undefined, 'crm'));
    expect(nothing?.trouble).toMatch(/nothing came of the opportunity/);
  });

  test('that does not move any more breaks off and says so', async () => {
    const [observed] = await given({ '100001': [['held', 'address']] }).stories.tell(planned());
    expect(observed).toMatchObject({ state: 'held', trouble: 'still held after 200 ms' });
  });
});

test('a day is told in the order of its plan, after the simulators know their scripts', async () => {
  const { needs, scripted } = given({ '100001': [['completed']], '100002': [['completed']] });
  const orders = [planned({ kind: 'reported-late' }), { ...planned(), id: '536366' }];
  const told: string[] = [];
  const observed = await driveDay({ seed: 1, input: '', orders, stock: {}, incidents: {} as never }, needs, {
    timeoutMs: 200,
    run: 'day-1',
    onTold: ({ id }) => told.push(id),
  });
  expect(observed.map(({ id }) => id)).toEqual(['536365', '536366']);
  expect(told).toHaveLength(2);
  expect(scripted).toEqual([{ system: 'wms', script: { purchaseOrder: 'PO-536365', behaviour: 'late', ms: 2_000 } }]);
});

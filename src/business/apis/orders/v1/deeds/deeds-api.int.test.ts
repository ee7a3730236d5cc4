import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseView } from '#platform/exceptions';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import type { OrderDeeds } from '../exchange-schema.ts';
import { createFakeRuns } from '../testing/fake-runs.ts';
import { startOrdersGateway } from '../testing/orders-gateway.ts';

const no = { allowed: false, because: 'no' } as const;
const refused = {
  record: {
    ...{ id: '0198c6a2-4a1e-7c1f-9d6e-3b1f8a6c2d10', flow: 'order-to-cash' },
    summary: 'The credit of Smith & Sons is used up',
  },
  allowances: {
    ...{ retry: no, 'edit-and-retry': no, answer: no, 'not-done': no, skip: no },
    ...{ compensate: no, assign: { allowed: true }, escalate: no, note: no, close: no },
  },
} as unknown as CaseView;

let own: TestDatabase;
let api: Awaited<ReturnType<typeof startOrdersGateway>>;
beforeAll(async () => {
  own = await testDatabase();
  api = await startOrdersGateway(own, createFakeRuns(), { cases: { list: async () => ({ cases: [refused] }) } });
});
afterAll(async () => {
  await api.close();
  await own.drop();
});

test('what stands in the cases of an order is told to those who may read cases alone', async () => {
  const lines = [{ item: '85123A', quantity: '6', unitPrice: '2.55' }];
  const { orderNumber } = (await api.post({ customer: '17850', currency: 'GBP', lines })).json;
  const told = async (key: string) => {
    const answer = await api.ask(`/api/orders/v1/orders/${orderNumber}/deeds`, { key });
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as OrderDeeds).deeds.filter(({ deed }) => deed === 'workOnCase').map(({ title }) => title);
  };
  expect(await told(api.keys.casesReader)).toEqual(['Work on the case: The credit of Smith & Sons is used up']);
  expect(await told(api.keys.finance)).toEqual([]);
  expect(await told(api.keys.shop)).toEqual([]);
});

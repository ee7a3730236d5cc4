import { afterEach, describe, expect, test } from 'vitest';
import { Opportunities, type OpportunitiesVerbs, type OrderNews } from '#model/capabilities';
import { type Call, type Fault, fixedClock } from '#model/kernel';
import { type OrganisationOptions, openOrganisation } from '../testing.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const call: Call = { key: 'order-news:100001:tell:1', attempt: 1, signal: new AbortController().signal };

async function given(options: OrganisationOptions = {}) {
  const organisation = await openOrganisation(options);
  open.push(organisation.close);
  const opportunity = await organisation.win();
  const verbs = organisation.connection.capabilities[Opportunities.name] as OpportunitiesVerbs;
  const news: OrderNews = { opportunity, orderNumber: '100001', state: 'confirmed', trackingNumbers: [], version: 1 };
  const tell = (changed: Partial<OrderNews> = {}) => verbs.tell({ ...news, ...changed }, call);
  const failure = (changed: Partial<OrderNews> = {}) =>
    tell(changed).then(
      () => undefined,
      (thrown: Fault) => thrown,
    );
  return { ...organisation, opportunity, tell, failure };
}

describe('order news', () => {
  test('stand on the opportunity', async () => {
    const { tell, updates, opportunity } = await given();
    await tell({ state: 'part shipped', trackingNumbers: ['T1', 'T2'] });
    expect(updates()).toMatchObject([
      {
        id: opportunity,
        fields: {
          Crossdock_Order_Number__c: '100001',
          Crossdock_Order_State__c: 'part shipped',
          Crossdock_Tracking__c: 'T1, T2',
          Crossdock_News_Version__c: 1,
        },
      },
    ]);
  });

  test('that are older than what stands there never overwrite it', async () => {
    const { tell, updates } = await given();
    await tell({ version: 3, state: 'shipped' });
    await tell({ version: 2, state: 'released' });
    await tell({ version: 3, state: 'shipped' });
    expect(updates()).toHaveLength(1);
    await tell({ version: 4, state: 'completed' });
    expect(updates().map(({ fields }) => (fields as Record<string, unknown>).Crossdock_Order_State__c)).toEqual([
      'shipped',
      'completed',
    ]);
  });

  test('of another order are a matter for a person', async () => {
    const { tell, failure } = await given();
    await tell();
    expect(await failure({ orderNumber: '100002', version: 9 })).toMatchObject({
      kind: 'business',
      code: 'opportunity-of-another-order',
    });
  });

  test('go through when the token dies between the question and the change', async () => {
    const { tell, crm, updates, act } = await given();
    crm.scripts.add([{ on: 'PATCH Opportunity', behaviour: 'session-expired' }]);
    await tell();
    expect(updates()).toHaveLength(1);
    expect(await act('count-requests', {})).toMatchObject({ signIns: 2 });
  });

  test('are not sent for ever when every token is refused', async () => {
    const { failure, crm, act } = await given();
    crm.dials.turn({ tokenLifeMs: 0 });
    expect(await failure()).toMatchObject({ kind: 'transient', code: 'invalid-session-id' });
    expect(await act('count-requests', {})).toMatchObject({ signIns: 2, requests: 2 });
  });

  test.each([
    ['lock-row', 'transient', 'unable-to-lock-row'],
    ['limit-exceeded', 'transient', 'request-limit-exceeded'],
    ['unavailable', 'transient', 'server-unavailable'],
    ['validation-failed', 'business', 'field-custom-validation-exception'],
    ['error-before', 'ambiguous', 'unknown-exception'],
    ['error-after', 'ambiguous', 'unknown-exception'],
  ])('met by %s fail as %s', async (behaviour, kind, code) => {
    const { failure, crm } = await given();
    crm.scripts.add([{ on: 'PATCH Opportunity', behaviour }]);
    expect(await failure()).toMatchObject({ kind, code });
  });

  test('of an opportunity that is gone, or never was one, are permanent', async () => {
    const { failure, act, opportunity } = await given();
    expect(await failure({ opportunity: '../Account/001' })).toMatchObject({
      kind: 'permanent',
      code: 'not-an-opportunity',
    });
    expect(await failure({ opportunity: '006Cd0000000999' })).toMatchObject({ kind: 'permanent', code: 'not-found' });
    await act('delete-opportunity', { id: opportunity });
    expect(await failure()).toMatchObject({ kind: 'permanent', code: 'entity-is-deleted' });
  });

  test('that take too long are in doubt, and their connection is closed', async () => {
    const { failure, crm } = await given({ settings: { timeoutMs: 300 } });
    crm.scripts.add([{ on: 'PATCH Opportunity', behaviour: 'delay', delayMs: 2_000 }]);
    expect(await failure()).toMatchObject({ kind: 'ambiguous', code: 'connection-failed' });
  });
});

describe('signing in', () => {
  test('works with user name and password too', async () => {
    const { tell, updates } = await given({ signIn: 'password' });
    await tell();
    expect(updates()).toHaveLength(1);
  });

  test('with a wrong secret is refused, and for a minute nobody knocks again', async () => {
    const clock = fixedClock('2026-03-01T09:30:00.000Z');
    const { failure, crm } = await given({ signIn: 'wrong', clock });
    crm.scripts.add([{ on: 'token', behaviour: 'delay', times: 9 }]);
    const knocks = () => (crm.scripts.list() as { fired: number }[])[0]?.fired;
    const refused = { kind: 'transient', code: 'sign-in-refused', retryAfterMs: 60_000 };
    expect(await failure()).toMatchObject(refused);
    expect(await failure()).toMatchObject(refused);
    expect(knocks()).toBe(1);
    clock.advance(60_000);
    expect(await failure()).toMatchObject(refused);
    expect(knocks()).toBe(2);
  });

  test('during an outage or under a rate limit is transient', async () => {
    const { failure, crm } = await given();
    crm.dials.turn({ rateLimit: { perSecond: 0.001, retryAfterSeconds: 7 } });
    expect(await failure()).toMatchObject({ kind: 'transient', code: 'too-many-requests', retryAfterMs: 7_000 });
    crm.dials.turn({ rateLimit: null, outage: true });
    expect(await failure()).toMatchObject({ kind: 'transient', code: 'connection-failed' });
  });
});

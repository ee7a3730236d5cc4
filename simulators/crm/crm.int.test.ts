import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fixedClock } from '#model/kernel';
import { controlClient, openLedger, readLedger, type Simulator, smallWorld, startSimulator } from '../kit/index.ts';
import { startCrm } from './crm.ts';
import type { Credentials } from './tokens.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function given() {
  const file = join(mkdtempSync(join(tmpdir(), 'crm-')), 'ledger.jsonl');
  const ledger = openLedger(file, 'crm');
  const clock = fixedClock('2026-03-01T09:30:00.400Z');
  const crm = await startCrm({ world: smallWorld, ledger, port: 0, seed: 1 }, clock);
  running.push(async () => {
    await crm.stop();
    await ledger.close();
  });
  const token = await signIn(crm);
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${crm.url}/services/data/v62.0/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  const query = (statement: string) => ask('GET', `query?q=${encodeURIComponent(statement)}`);
  const act = async (name: string, input: object) => (await crm.actions[name]?.(input)) as { id: string };
  return { crm, ask, query, act, clock, file };
}

const credentialsOf = ({ details }: Simulator) => (details as { readonly credentials: Credentials }).credentials;

async function signIn(crm: Simulator, change: Partial<Record<string, string>> = {}) {
  const { clientId, clientSecret } = credentialsOf(crm);
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, ...change };
  const response = await fetch(`${crm.url}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form as Record<string, string>),
  });
  const body = (await response.json()) as Record<string, string>;
  return response.ok ? body.access_token : body.error;
}

const order = {
  customer: '17850',
  purchaseOrder: 'PO-1',
  lines: [
    { lineNumber: 1, item: '85123A', quantity: '6', unitPrice: '2.55' },
    { item: 'POST', kind: 'charge', quantity: '1', unitPrice: '18' },
  ],
};

describe('the CRM', () => {
  test('gives tokens to those whom it knows, for both grants', async () => {
    const { crm } = await given();
    const { username, password } = credentialsOf(crm);
    expect(await signIn(crm, { grant_type: 'password', username, password })).toMatch(/^00D/);
    expect(await signIn(crm, { grant_type: 'password', username, password: 'wrong' })).toBe('invalid_grant');
    expect(await signIn(crm, { client_secret: 'wrong' })).toBe('invalid_client');
    expect(await signIn(crm, { grant_type: 'magic' })).toBe('unsupported_grant_type');
  });

  test('answers a query with accounts, products and nested lines', async () => {
    const { query, act } = await given();
    const { id } = await act('win-opportunity', order);
    const { body } = await query(
      'SELECT Id, IsWon, SystemModstamp, Account.AccountNumber, (SELECT Quantity, UnitPrice, Product2.ProductCode, Product2.Family FROM OpportunityLineItems ORDER BY SortOrder) FROM Opportunity WHERE IsWon = true AND SystemModstamp >= 2026-03-01T09:30:00Z ORDER BY SystemModstamp, Id LIMIT 10',
    );
    expect(body).toMatchObject({ totalSize: 1, done: true });
    expect(body.records[0]).toMatchObject({
      attributes: { type: 'Opportunity', url: `/services/data/v62.0/sobjects/Opportunity/${id}` },
      Id: id,
      SystemModstamp: '2026-03-01T09:30:00.000+0000',
      Account: { AccountNumber: '17850' },
      OpportunityLineItems: {
        totalSize: 2,
        done: true,
        records: [
          { Quantity: 6, UnitPrice: 2.55, Product2: { ProductCode: '85123A', Family: 'Goods' } },
          { Quantity: 1, UnitPrice: 18, Product2: { ProductCode: 'POST', Family: 'Charge' } },
        ],
      },
    });
  });

  test('shows fields as an administrator changed them, and knows none that was withdrawn', async () => {
    const { query, ask, act, crm } = await given();
    const { id } = await act('win-opportunity', order);
    const statement = `SELECT Customer_Purchase_Order__c, (SELECT Quantity FROM OpportunityLineItems) FROM Opportunity WHERE Id = '${id}'`;
    crm.dials.turn({
      schemaChanges: { 'OpportunityLineItem.Quantity': 'text', 'Opportunity.Customer_Purchase_Order__c': 'number' },
    });
    expect((await query(statement)).body.records).toMatchObject([
      { Customer_Purchase_Order__c: 1, OpportunityLineItems: { records: [{ Quantity: '6' }, { Quantity: '1' }] } },
    ]);
    crm.dials.turn({ schemaChanges: { 'Opportunity.Customer_Purchase_Order__c': 'gone' } });
    const refused = [{ errorCode: 'INVALID_FIELD', message: expect.stringContaining('Customer_Purchase_Order__c') }];
    expect((await query(statement)).body).toMatchObject(refused);
    expect((await ask('GET', `sobjects/Opportunity/${id}?fields=Customer_Purchase_Order__c`)).body).toMatchObject(
      refused,
    );
    crm.dials.turn({ schemaChanges: {} });
    expect((await query(statement)).body.records).toMatchObject([{ Customer_Purchase_Order__c: 'PO-1' }]);
  });

  test('cuts long answers into pages, lists of children too', async () => {
    const { query, ask, act, crm } = await given();
    for (let count = 0; count < 5; count += 1) await act('win-opportunity', order);
    crm.dials.turn({ queryBatch: 2, childBatch: 1 });
    const first = (await query('SELECT Id, (SELECT Id FROM OpportunityLineItems) FROM Opportunity ORDER BY Id')).body;
    expect(first).toMatchObject({ totalSize: 5, done: false });
    expect(first.records[0].OpportunityLineItems).toMatchObject({ totalSize: 2, done: false });
    const follow = async (url: string) => (await ask('GET', url.replace('/services/data/v62.0/', ''))).body;
    const second = await follow(first.nextRecordsUrl);
    const third = await follow(second.nextRecordsUrl);
    expect([second.records.length, third.records.length, third.done]).toEqual([2, 1, true]);
    expect(await follow(first.records[0].OpportunityLineItems.nextRecordsUrl)).toMatchObject({ done: true });
    expect((await ask('GET', 'query/01gNONE-2')).body).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
  });

  test('updates a record, stamps it and has it in its ledger before it answers', async () => {
    const { ask, act, clock, file } = await given();
    const { id } = await act('win-opportunity', order);
    clock.advance(60_000);
    const fields = { Crossdock_Order_Number__c: '100001', Crossdock_News_Version__c: 1 };
    expect(await ask('PATCH', `sobjects/Opportunity/${id}`, fields)).toMatchObject({ status: 204, body: undefined });
    expect(readLedger(file)).toMatchObject([{ system: 'crm', kind: 'opportunity-updated', id, fields }]);
    const { body } = await ask(
      'GET',
      `sobjects/Opportunity/${id.slice(0, 15)}?fields=Crossdock_Order_Number__c,SystemModstamp`,
    );
    expect(body).toMatchObject({
      Id: id,
      Crossdock_Order_Number__c: '100001',
      SystemModstamp: '2026-03-01T09:31:00.000+0000',
    });
  });

  test('refuses bad writes and reads with its own codes', async () => {
    const { ask, query, act } = await given();
    const { id } = await act('win-opportunity', order);
    const code = async (method: string, path: string, body?: unknown) => {
      const answer = await ask(method, path, body);
      return [answer.status, answer.body[0].errorCode];
    };
    const here = `sobjects/Opportunity/${id}`;
    expect(await code('PATCH', here, { Colour__c: 'red' })).toEqual([400, 'INVALID_FIELD']);
    expect(await code('PATCH', here, { IsWon: false })).toEqual([400, 'INVALID_FIELD_FOR_INSERT_UPDATE']);
    expect(await code('PATCH', here, { Name: null })).toEqual([400, 'REQUIRED_FIELD_MISSING']);
    expect(await code('PATCH', here, { Crossdock_Order_State__c: 'x'.repeat(101) })).toEqual([400, 'STRING_TOO_LONG']);
    expect(await code('PATCH', here, { Crossdock_News_Version__c: 'one' })).toEqual([400, 'JSON_PARSER_ERROR']);
    expect(await code('PATCH', 'sobjects/Opportunity/006000000000000AAA', {})).toEqual([404, 'NOT_FOUND']);
    await act('delete-opportunity', { id });
    expect(await code('PATCH', here, {})).toEqual([404, 'ENTITY_IS_DELETED']);
    expect((await query('SELECT Colour__c FROM Opportunity')).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
    expect((await query('SELECT Id FROM Nothing')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
    expect((await query("SELECT Id FROM Opportunity WHERE SystemModstamp > '2026'")).status).toBe(400);
  });

  test('creates, describes and counts requests', async () => {
    const { ask } = await given();
    const created = await ask('POST', 'sobjects/Account', { Name: 'New', AccountNumber: '9' });
    expect(created).toMatchObject({ status: 201, body: { success: true, errors: [] } });
    const { body, headers } = await ask('GET', 'sobjects/Opportunity/describe');
    expect(body.fields).toContainEqual(
      expect.objectContaining({ name: 'Crossdock_Order_Number__c', type: 'string', length: 30, custom: true }),
    );
    expect(headers.get('sforce-limit-info')).toBe('api-usage=2/1000000000');
  });

  test('refuses dead tokens, too many requests and requests over the limit', async () => {
    const { ask, crm, act } = await given();
    crm.dials.turn({ rateLimit: { perSecond: 1, retryAfterSeconds: 7 } });
    await ask('GET', 'sobjects/Account/describe');
    const limited = await Promise.all([1, 2].map(() => ask('GET', 'sobjects/Account/describe')));
    const over = limited.find(({ status }) => status === 429);
    expect(over?.headers.get('retry-after')).toBe('7');
    crm.dials.turn({ rateLimit: null, requestLimit: 0 });
    expect(await ask('GET', 'sobjects/Account/describe')).toMatchObject({
      status: 403,
      body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
    });
    await act('expire-sessions', {});
    expect(await ask('GET', 'sobjects/Account/describe')).toMatchObject({
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID' }],
    });
  });

  test('loses an answer after it has done what was asked, and shows that the script fired', async () => {
    const { ask, act, crm, file } = await given();
    const { id } = await act('win-opportunity', order);
    crm.scripts.add([{ on: 'PATCH Opportunity', text: 'PO-1', behaviour: 'lose-answer' }]);
    await expect(ask('PATCH', `sobjects/Opportunity/${id}`, { Crossdock_Order_Number__c: '1' })).rejects.toThrow();
    expect(readLedger(file)).toHaveLength(1);
    expect(crm.scripts.list()).toMatchObject([{ fired: 1 }]);
    expect((await ask('PATCH', `sobjects/Opportunity/${id}`, { Crossdock_Order_Number__c: '1' })).status).toBe(204);
  });

  test('closes connections in an outage', async () => {
    const { ask, crm } = await given();
    crm.dials.turn({ outage: true });
    await expect(ask('GET', 'sobjects/Account/describe')).rejects.toThrow();
    crm.dials.turn({ outage: false });
    expect((await ask('GET', 'sobjects/Account/describe')).status).toBe(200);
  });

  test('tells by its path what is wrong with an action', async () => {
    const { act } = await given();
    await expect(act('win-opportunity', { lines: [{ item: 'A', quantity: 6 }] })).rejects.toThrow(
      /\/lines\/0\/unitPrice/,
    );
    await expect(act('delete-opportunity', {})).rejects.toThrow(/\/id: is missing/);
    await expect(act('delete-opportunity', { id: '006' })).rejects.toThrow(/there is no Opportunity 006/);
  });

  test('runs in a process of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crm-'));
    const worldFile = join(folder, 'world.json');
    writeFileSync(worldFile, JSON.stringify(smallWorld));
    const crm = await startSimulator({ kind: 'crm', worldFile, ledgerFile: join(folder, 'ledger.jsonl') });
    running.push(() => crm.stop());
    expect(crm.details).toMatchObject({ ready: true, credentials: { clientId: expect.any(String) } });
    expect(await controlClient(crm.control).act('win-opportunity', order)).toEqual({
      id: expect.stringMatching(/^006/),
    });
    expect((await fetch(`${crm.url}/services/data/v62.0/limits`)).status).toBe(401);
  });
});

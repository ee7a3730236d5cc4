import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { settingsFor } from '../testing.ts';
import { submissionFrom } from './submission.ts';

type Loose = { [member: string]: Loose } & Record<string, unknown>;

const fixture = (): Loose =>
  JSON.parse(readFileSync(new URL('../fixtures/won-opportunity.json', import.meta.url), 'utf8')) as Loose;
const settings = settingsFor({ countries: { 'United Kingdom': 'GB' } });

function line(record: Loose, index: number): Record<string, unknown> {
  const { records } = record.OpportunityLineItems as never as { records: Record<string, unknown>[] };
  return records[index] ?? {};
}

describe('a won opportunity', () => {
  test('becomes an order submission', () => {
    expect(submissionFrom(fixture(), settings)).toEqual({
      ok: true,
      value: {
        customer: '17850',
        customerPurchaseOrder: 'PO-4711',
        currency: 'GBP',
        orderedAt: '2026-03-01T09:30:00.000Z',
        requestedDate: '2026-03-09',
        shipTo: {
          name: 'Lantern & Heart Ltd',
          street: '1 High Street, Unit 4',
          city: 'Leeds',
          postalCode: 'LS1 1AA',
          country: 'GB',
        },
        sourceReference: '006Cd0000000001IAA',
        lines: [
          {
            lineNumber: 10,
            kind: 'goods',
            item: '85123A',
            description: 'White hanging heart',
            quantity: '6',
            unitPrice: '2.55',
          },
          { kind: 'charge', item: 'POST', quantity: '1', unitPrice: '18' },
        ],
      },
    });
  });

  test('in a country that nobody translated goes to the customer’s own address', () => {
    const submitted = submissionFrom(fixture(), settingsFor());
    expect(submitted).toMatchObject({ ok: true });
    expect(submitted.ok && submitted.value).not.toHaveProperty('shipTo');
  });

  test('of an organisation with several currencies names its own', () => {
    const several = { ...settings };
    delete several.currency;
    expect(submissionFrom({ ...fixture(), CurrencyIsoCode: 'EUR' }, several)).toMatchObject({
      value: { currency: 'EUR' },
    });
    expect(submissionFrom(fixture(), several)).toMatchObject({ failures: [{ code: 'invalid', path: '/currency' }] });
  });

  test('that was created as won was ordered when it was created', () => {
    const record = { ...fixture(), LastStageChangeDate: null };
    expect(submissionFrom(record, settings)).toMatchObject({ value: { orderedAt: '2026-02-20T10:00:00.000Z' } });
  });

  test('without customer, product code, quantity or exact price tells all of it', () => {
    const record = fixture();
    Object.assign(record.Account ?? {}, { AccountNumber: ' ' });
    Object.assign(line(record, 0), { Product2: null, UnitPrice: 1e-7 });
    Object.assign(line(record, 1), { Quantity: null });
    expect(submissionFrom(record, settings)).toMatchObject({
      ok: false,
      failures: [
        { code: 'no-customer', path: '/Account/AccountNumber' },
        { code: 'no-item', path: '/OpportunityLineItems/records/0/Product2/ProductCode' },
        { code: 'not-a-decimal', path: '/OpportunityLineItems/records/0/UnitPrice' },
        { code: 'no-quantity', path: '/OpportunityLineItems/records/1/Quantity' },
      ],
    });
  });

  test.each([null, { totalSize: 0, done: true, records: [] }])('with lines %j says that it has none', (lines) => {
    const record = { ...fixture(), OpportunityLineItems: lines };
    expect(submissionFrom(record, settings)).toMatchObject({ failures: [{ code: 'no-lines' }] });
  });

  test('whose members have changed their types says which', () => {
    const record = fixture();
    Object.assign(line(record, 0), { Quantity: '6' });
    expect(submissionFrom(record, settings)).toMatchObject({
      ok: false,
      failures: expect.arrayContaining([
        expect.objectContaining({ path: '/OpportunityLineItems/records/0/Quantity', code: 'invalid' }),
      ]),
    });
  });

  test('whose custom fields have changed their types is refused, not read without them', () => {
    const record = fixture();
    Object.assign(record, { Customer_Purchase_Order__c: 4711, Requested_Date__c: true });
    Object.assign(line(record, 0), { Crossdock_Line_Number__c: '10' });
    expect(submissionFrom(record, settings)).toMatchObject({
      ok: false,
      failures: [
        { code: 'another-type', path: '/Customer_Purchase_Order__c' },
        { code: 'another-type', path: '/Requested_Date__c' },
        { code: 'another-type', path: '/OpportunityLineItems/records/0/Crossdock_Line_Number__c' },
      ],
    });
  });

  test('with a number that no identifier may be is not let through', () => {
    const record = fixture();
    Object.assign(record.Account ?? {}, { AccountNumber: 'x'.repeat(41) });
    expect(submissionFrom(record, settings)).toMatchObject({ failures: [{ code: 'invalid', path: '/customer' }] });
  });
});

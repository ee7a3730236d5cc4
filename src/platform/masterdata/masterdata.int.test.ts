import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import { type TestDatabase, tablesReadWhole, testDatabase } from '#platform/storage/testing';
import { createMasterdata, type Masterdata } from './masterdata.ts';
import { changedCustomers, changedItems } from './sql/catalogue.ts';
import { claim, release } from './sql/claims.ts';
import { lookup, resolve } from './sql/cross-reference.ts';

let own: TestDatabase;
let here: Masterdata;
let there: Masterdata;
const never = { refreshMs: 3_600_000 };

beforeAll(async () => {
  own = await testDatabase();
  here = await createMasterdata(own, never);
  there = await createMasterdata(own, never);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await own.drop();
});

const customer = (number: string, name = 'Shop') => ({ customer: number, name, currency: 'GBP', active: true });
const item = (number: string, description = 'Holder') => ({ item: number, description, unit: 'EA', conversions: [] });

describe('the catalogue', () => {
  test('serves what was loaded, here at once and elsewhere after a look', async () => {
    await here.load({ customers: [customer('17850')], items: [item('85123A')] });
    expect(here.customer('17850')).toEqual(customer('17850'));
    expect(there.customer('17850')).toBeUndefined();
    await there.refresh();
    expect(there.item('85123A')).toEqual(item('85123A'));
    expect(there.customer('nobody')).toBeUndefined();
  });

  test('sees changes, and does not write what stands there already', async () => {
    const conversions = [{ unit: 'CA', factor: decimal('12'), validFrom: '2026-01-01' }];
    await here.load({ customers: [customer('a', 'Old'), customer('b')], items: [{ ...item('x'), conversions }] });
    const written = () => own.database.pool.query('select xmin from catalogue_customer where customer = $1', ['b']);
    const before = (await written()).rows;
    await here.load({ customers: [customer('a', 'New'), customer('b')] });
    await there.refresh();
    expect(there.customer('a')?.name).toBe('New');
    expect(there.item('x')?.conversions).toEqual(conversions);
    expect((await written()).rows).toEqual(before);
  });

  test('does not miss a transaction that began early and commits late', async () => {
    const late = await own.database.pool.connect();
    await late.query('begin');
    await late.query(`insert into catalogue_customer values ('late', 'Late', 'GBP', true)`);
    await here.load({ customers: [customer('early')] });
    await there.refresh();
    await late.query('commit');
    late.release();
    await there.refresh();
    expect(there.customer('early')).toBeDefined();
    expect(there.customer('late')).toBeDefined();
  });

  test('copied from another cluster is read once and not at every look', async () => {
    await own.database.pool.query(
      `insert into catalogue_customer values ('copied', 'Copied', 'GBP', true, '99999999999')`,
    );
    const after = await createMasterdata(own, never);
    expect(after.customer('copied')?.name).toBe('Copied');
    const known = after.customer('copied');
    await after.refresh();
    expect(after.customer('copied')).toBe(known);
    await after.close();
  });

  test('of a customer that stands in one load twice takes the last', async () => {
    await here.load({ customers: [customer('twice', 'First'), customer('twice', 'Last')] });
    expect(here.customer('twice')?.name).toBe('Last');
  });

  test('takes a hundred thousand items and looks them up without a query', async () => {
    await here.load({ items: Array.from({ length: 100_000 }, (_, index) => item(`many-${index}`)) });
    await there.refresh();
    expect(there.item('many-99999')).toEqual(item('many-99999'));
    await expect(there.refresh()).resolves.toBeUndefined();
  });

  test.each([
    [{ customers: [customer('')] }, 'number'],
    [{ customers: [{ ...customer('x'), currency: 'gbp' }] }, 'currency'],
    [{ items: [{ ...item('x'), unit: '' }] }, 'unit'],
    [{ items: [{ ...item('x'), conversions: [{ unit: 'CA', factor: decimal('0') }] }] }, 'factor'],
    [{ items: [{ ...item('x'), conversions: [{ unit: 'EA', factor: decimal('1') }] }] }, 'stock unit'],
    [{ items: [{ ...item('x'), conversions: [{ unit: 'CA', factor: decimal('2'), validFrom: 'soon' }] }] }, 'day'],
  ])('refuses %j', async (catalogue, word) => {
    await expect(here.load(catalogue)).rejects.toMatchObject({
      code: 'invalid-catalogue',
      message: expect.stringContaining(word),
    });
  });
});

describe('a cross-reference', () => {
  const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  const theirs = { objectType: 'item', instance: 'erp-main', theirId: '4711' };

  test('means what it meant at the time of the message', async () => {
    await here.crossReference.put({ ...theirs, ourNumber: 'A', validFrom: at(5) });
    await here.crossReference.put({ ...theirs, ourNumber: 'B', validFrom: at(10), validTo: at(20) });
    const meant = (day: number) => here.crossReference.resolve({ ...theirs, at: at(day) });
    expect(await Promise.all([4, 5, 9, 10, 19, 20].map(meant))).toEqual([undefined, 'A', 'A', 'B', 'B', undefined]);
    expect(await here.crossReference.lookup({ ...theirs, ourNumber: 'A', at: at(9) })).toEqual(['4711']);
    expect(await here.crossReference.lookup({ ...theirs, ourNumber: 'A', at: at(10) })).toEqual([]);
  });

  test('may have many of theirs for one of ours, each system apart', async () => {
    const ours = { objectType: 'item', ourNumber: 'C', validFrom: at(1) };
    await here.crossReference.put({ ...ours, instance: 'erp-main', theirId: '1' });
    await here.crossReference.put({ ...ours, instance: 'erp-main', theirId: '2' });
    await here.crossReference.put({ ...ours, instance: 'crm-main', theirId: '1' });
    expect(await here.crossReference.lookup({ ...ours, instance: 'erp-main', at: at(2) })).toEqual(['1', '2']);
    expect(await here.crossReference.resolve({ ...theirs, instance: 'crm-main', theirId: '1', at: at(2) })).toBe('C');
  });

  test.each([
    [{ theirId: '' }, 'theirId'],
    [{ validTo: at(1) }, 'validTo'],
  ])('that makes no sense is refused: %j', async (wrong, word) => {
    const reference = { ...theirs, ourNumber: 'A', validFrom: at(1), ...wrong };
    await expect(here.crossReference.put(reference)).rejects.toMatchObject({ message: expect.stringContaining(word) });
  });
});

describe('an exclusive name', () => {
  test('claimed by many at once has one holder, and all are told who', async () => {
    const claims = Array.from({ length: 20 }, (_, index) =>
      here.claims.claim({ scope: '17850', name: 'PO-1', holder: `h${index}` }),
    );
    const holders = new Set((await Promise.all(claims)).map(({ heldBy }) => heldBy));
    expect(holders.size).toBe(1);
  });

  test('is free again when its holder gave it back, and apart for each scope', async () => {
    const mine = { scope: 'a', name: 'PO', holder: 'first' };
    expect(await here.claims.claim(mine)).toEqual({ heldBy: 'first' });
    expect(await here.claims.claim({ ...mine, scope: 'b', holder: 'other' })).toEqual({ heldBy: 'other' });
    expect(await here.claims.claim({ ...mine, holder: 'second' })).toEqual({ heldBy: 'first' });
    await here.claims.release({ holder: 'first' });
    expect(await here.claims.claim({ ...mine, holder: 'second' })).toEqual({ heldBy: 'second' });
  });
});

describe('on full tables', () => {
  beforeAll(async () => {
    await own.database.pool.query(`
      insert into catalogue_customer select 'c' || n, 'Shop', 'GBP', true from generate_series(1, 50000) as n;
      insert into cross_reference select 'item', 'erp', 't' || n, now(), 'o' || n from generate_series(1, 50000) as n;
      insert into exclusive_claim select 'c' || n, 'PO', 'h' || n from generate_series(1, 50000) as n;
      analyze catalogue_customer, catalogue_item, cross_reference, exclusive_claim;`);
  });

  test.each(Object.entries({ changedCustomers, changedItems, resolve, lookup, claim, release }))(
    '%s reads none from end to end',
    async (_, text) => {
      expect(await tablesReadWhole(own.database.pool, text)).toEqual([]);
    },
  );
});

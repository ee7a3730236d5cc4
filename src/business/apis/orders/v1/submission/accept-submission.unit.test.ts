import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Order } from '#model/canonical';
import type { CatalogueItem } from '#model/capabilities';
import { compare, type Decimal, decimal, failed, isPositive, multiply, ok } from '#model/kernel';
import { compileSchema } from '#platform/gateway';
import { acceptSubmission } from './accept-submission.ts';
import type { SubmissionContext } from './context.ts';

const now = '2026-03-01T09:30:00.000Z';

const items: Readonly<Record<string, CatalogueItem>> = {
  '85123A': {
    item: '85123A',
    description: 'T-light holder',
    unit: 'EA',
    conversions: [
      { unit: 'CA', factor: decimal('12') },
      { unit: 'PL', factor: decimal('0.5'), validTo: '2026-01-01' },
    ],
  },
  ROPE: {
    item: 'ROPE',
    description: `Rope\n${'x'.repeat(194)}😀`,
    unit: 'MR',
    conversions: [{ unit: 'RL', factor: decimal('33.333333') }],
  },
};

const context: SubmissionContext = {
  orderNumber: '100001',
  channel: 'api',
  source: 'api:shop',
  now,
  catalogue: {
    customer: (number) =>
      number === '17850' ? { customer: number, name: 'A', currency: 'GBP', active: true } : undefined,
    item: (number) => (Object.hasOwn(items, number) ? items[number] : undefined),
    convert: (quantity, unit, item, on) => {
      if (unit === item.unit) return ok(quantity);
      const found = item.conversions.find((each) => each.unit === unit && on < (each.validTo ?? '9999'));
      return found === undefined ? failed([{ message: 'no' }]) : ok(multiply(quantity, found.factor));
    },
  },
};

const line = (change: object = {}) => ({ item: '85123A', quantity: '6', unitPrice: '2.55', ...change });
const submission = (change: object = {}) => ({ customer: '17850', currency: 'GBP', lines: [line()], ...change });

function failuresOf(value: unknown): readonly (readonly [string, string])[] {
  const result = acceptSubmission(value, context);
  return result.ok ? [] : result.failures.map(({ path, code }) => [path, code] as const);
}
const failuresOfLine = (change: object) => failuresOf(submission({ lines: [line(change)] }));

function accepted(value: unknown): Order {
  const result = acceptSubmission(value, context);
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  return result.value;
}

describe('a submission that is right', () => {
  test('becomes a canonical order with what it left out', () => {
    expect(accepted(submission())).toEqual({
      orderNumber: '100001',
      customer: '17850',
      channel: 'api',
      source: 'api:shop',
      currency: 'GBP',
      orderedAt: now,
      shippingPolicy: 'ship-partial',
      lines: [
        {
          lineNumber: 1,
          kind: 'goods',
          item: '85123A',
          description: 'T-light holder',
          quantity: '6',
          unit: 'EA',
          unitPrice: '2.55',
        },
      ],
    });
  });

  test('is counted and priced in the stock unit, exactly', () => {
    const [first] = accepted(submission({ lines: [line({ quantity: '1.50', unit: 'CA', unitPrice: '30.60' })] })).lines;
    expect(first).toMatchObject({ quantity: '18', unit: 'EA', unitPrice: '2.55' });
  });

  test('keeps an unknown item: the flow holds its line', () => {
    const [first] = accepted(submission({ lines: [line({ item: 'NEW', description: 'New', unit: 'CA' })] })).lines;
    expect(first).toMatchObject({ item: 'NEW', unit: 'CA', description: 'New', quantity: '6' });
    expect(accepted(submission({ lines: [line({ item: 'NEW' })] })).lines[0]?.unit).toBe('EA');
  });

  test('takes the same item twice, charges, discounts and a price of zero', () => {
    const lines = [
      line(),
      line(),
      line({ unitPrice: '0.00' }),
      { item: 'POST', kind: 'charge', quantity: '1', unitPrice: '18.00' },
      { item: 'D', kind: 'charge', quantity: '1', unitPrice: '-27.50' },
    ];
    expect(accepted(submission({ lines })).lines.map(({ unitPrice }) => unitPrice)).toEqual([
      '2.55',
      '2.55',
      '0',
      '18',
      '-27.5',
    ]);
  });

  test('has the description of the catalogue as far as a line may have it', () => {
    const [first] = accepted(submission({ lines: [{ item: 'ROPE', quantity: '1' }] })).lines;
    expect(first?.description).toBe(`Rope ${'x'.repeat(194)}\uFFFD`);
  });

  test('may come years after it was ordered', () => {
    expect(accepted(submission({ orderedAt: '2010-12-01T08:26:00Z' })).orderedAt).toBe('2010-12-01T08:26:00.000Z');
  });
});

describe('what is wrong with a submission', () => {
  test.each([
    [{ customer: '99' }, '/customer', 'unknown-customer'],
    [{ currency: 'EUR' }, '/currency', 'currency-mismatch'],
    [{ requestedDate: '2026-02-31' }, '/requestedDate', 'date-not-real'],
    [{ requestedDate: '2026-13-01' }, '/requestedDate', 'date-not-real'],
    [{ requestedDate: '0001-01-01' }, '/requestedDate', 'date-not-real'],
    [{ orderedAt: '2026-02-30T10:00:00Z' }, '/orderedAt', 'date-not-real'],
    [{ orderedAt: '2026-02-28T25:00:00Z' }, '/orderedAt', 'date-not-real'],
    [{ orderedAt: '2026-03-03T10:00:00Z' }, '/orderedAt', 'date-in-future'],
    [{ lines: [] }, '/lines', 'too-few'],
    [{ lines: [line({ lineNumber: 2 }), line()] }, '/lines/1/lineNumber', 'duplicate-line-number'],
    [{ lines: Array.from({ length: 1_001 }, () => line()) }, '/lines', 'too-many'],
    [{ comment: 'x' }, '/comment', 'unknown-member'],
  ])('%j', (change, path, code) => {
    expect(failuresOf(submission(change))).toEqual([[path, code]]);
  });

  test.each([
    [{ quantity: '0' }, '/quantity', 'not-positive'],
    [{ quantity: '-0.00' }, '/quantity', 'not-positive'],
    [{ quantity: '-6' }, '/quantity', 'not-positive'],
    [{ quantity: '-1', kind: 'charge' }, '/quantity', 'not-positive'],
    [{ quantity: '1000001' }, '/quantity', 'absurd-quantity'],
    [{ quantity: '999999999999999' }, '/quantity', 'absurd-quantity'],
    [{ quantity: '100000', unit: 'CA', unitPrice: '12' }, '/quantity', 'absurd-quantity'],
    [{ quantity: '1.5' }, '/quantity', 'quantity-not-whole'],
    [{ quantity: '0.1', unit: 'CA', unitPrice: '12' }, '/quantity', 'quantity-not-whole'],
    [{ item: 'ROPE', quantity: '1.23456' }, '/quantity', 'absurd-quantity'],
    [{ item: 'ROPE', quantity: '1.5', unit: 'RL', unitPrice: '1' }, '/unitPrice', 'price-not-divisible'],
    [{ quantity: '1e5' }, '/quantity', 'wrong-format'],
    [{ quantity: '6,5' }, '/quantity', 'wrong-format'],
    [{ quantity: ' 6' }, '/quantity', 'wrong-format'],
    [{ quantity: '٦' }, '/quantity', 'wrong-format'],
    [{ quantity: 6 }, '/quantity', 'wrong-type'],
    [{ unit: 'XX' }, '/unit', 'unit-not-convertible'],
    [{ unit: 'PL' }, '/unit', 'unit-not-convertible'],
    [{ unitPrice: '-1' }, '/unitPrice', 'price-negative'],
    [{ unitPrice: '1000001' }, '/unitPrice', 'absurd-price'],
    [{ unitPrice: '0.00001' }, '/unitPrice', 'absurd-price'],
    [{ unitPrice: '10', unit: 'CA' }, '/unitPrice', 'price-not-divisible'],
    [{ kind: 'charge', unitPrice: undefined }, '/unitPrice', 'price-required'],
    [{ kind: 'gift' }, '/kind', 'not-a-choice'],
    [{ item: 'a\u0000b' }, '/item', 'wrong-format'],
    [{ description: 'a\u0000b' }, '/description', 'wrong-format'],
    [{ item: '\ud800' }, '/item', 'forbidden-character'],
    [{ item: '__proto__' }, undefined, undefined],
    [{ item: 'constructor' }, undefined, undefined],
    [{ lineNumber: 1e300 }, '/lineNumber', 'out-of-range'],
  ])('line %j', (change, path, code) => {
    expect(failuresOfLine(change)).toEqual(path === undefined ? [] : [[`/lines/0${path}`, code]]);
  });

  test('a negative goods quantity is told to be a return', () => {
    const result = acceptSubmission(submission({ lines: [line({ quantity: '-6' })] }), context);
    expect(result.ok ? '' : result.failures[0]?.message).toContain('return');
  });

  test('all of it comes back at once, of form and of trade alike', () => {
    const lines = [
      line({ quantity: '-1', unit: 'XX', unitPrice: '-1', colour: 'red' }),
      line({ quantity: '-1', unitPrice: '-1' }),
      7,
      line({ quantity: 'many' }),
      line({ lineNumber: 1 }),
    ];
    const found = failuresOf({ customer: '99', currency: 'gbp', requestedDate: '2026-02-31', lines, note: 1 });
    expect([...found].sort()).toEqual([
      ['/currency', 'wrong-format'],
      ['/customer', 'unknown-customer'],
      ['/lines/0/colour', 'unknown-member'],
      ['/lines/1/quantity', 'not-positive'],
      ['/lines/1/unitPrice', 'price-negative'],
      ['/lines/2', 'wrong-type'],
      ['/lines/3/quantity', 'wrong-format'],
      ['/lines/4/lineNumber', 'duplicate-line-number'],
      ['/note', 'unknown-member'],
      ['/requestedDate', 'date-not-real'],
    ]);
  });

  test.each([undefined, null, 1, 'x', [], [[]], true])('%j is no submission', (value) => {
    expect(failuresOf(value).length).toBeGreaterThan(0);
  });
});

describe('for any submission', () => {
  const order = compileSchema(Order);
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('17850', 'GBP', '85123A', 'CA', 'EA', '6', '2.55', '-1', 'charge', '2026-02-31'),
  );
  const rightLine = fc.record(
    {
      item: fc.oneof(
        fc.constantFrom('85123A', 'ROPE', 'POST'),
        fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
      ),
      quantity: fc.integer({ min: 1, max: 1_000 }).map(String),
      description: fc.string({ unit: 'binary', maxLength: 20 }),
      unitPrice: fc.integer({ min: 0, max: 500_000 }).map((cents) => (cents / 100).toFixed(2)),
    },
    { requiredKeys: ['item', 'quantity'] },
  );
  const anyLine = fc.oneof(
    fc.anything(),
    fc.record(
      {
        item: text,
        quantity: fc.oneof(text, fc.integer({ min: -3, max: 2_000_000 }).map(String)),
        unit: fc.constantFrom('EA', 'CA', 'PL', 'XX'),
        unitPrice: fc.oneof(
          text,
          fc.integer({ min: -200, max: 500_000 }).map((cents) => (cents / 100).toFixed(2)),
        ),
        kind: fc.constantFrom('goods', 'charge', 'gift'),
        lineNumber: fc.integer({ min: -1, max: 5 }),
      },
      { requiredKeys: ['item', 'quantity'] },
    ),
  );
  const any = fc.record(
    {
      customer: fc.oneof(fc.constant('17850'), text),
      currency: fc.oneof(fc.constant('GBP'), text),
      requestedDate: text,
      orderedAt: text,
      shippingPolicy: fc.constantFrom('ship-partial', 'all'),
      lines: fc.oneof(fc.array(anyLine, { maxLength: 5 }), fc.anything()),
    },
    { requiredKeys: ['customer', 'currency', 'lines'] },
  );

  test('either everything wrong is told, each at a place that is a pointer, or the order is canonical', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 9, arbitrary: any },
          {
            weight: 5,
            arbitrary: fc.record({
              customer: fc.constant('17850'),
              currency: fc.constant('GBP'),
              lines: fc.array(rightLine, { minLength: 1, maxLength: 4 }),
            }),
          },
          { weight: 1, arbitrary: fc.anything() },
        ),
        (value) => {
          const result = acceptSubmission(value, context);
          if (result.ok) {
            taken += 1;
            expect(order.failures(result.value)).toEqual([]);
            expect(JSON.stringify(result.value)).not.toMatch(/\\u0000|\\ud[89a-f]/);
            for (const each of result.value.lines) {
              expect(isPositive(each.quantity)).toBe(true);
              expect(compare(each.quantity, '1000000' as Decimal)).toBeLessThanOrEqual(0);
              if (each.unit === 'EA') expect(each.quantity).not.toContain('.');
            }
            expect(new Set(result.value.lines.map(({ lineNumber }) => lineNumber)).size).toBe(
              result.value.lines.length,
            );
          } else {
            expect(result.failures.length).toBeGreaterThan(0);
            for (const failure of result.failures) {
              expect(failure.code).toMatch(/^[a-z-]+$/);
              expect(failure.path).toMatch(/^(\/[\s\S]*)?$/);
              expect(failure.message.length).toBeGreaterThan(5);
            }
          }
        },
      ),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  test('a conversion changes the unit and never the value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 0, max: 80_000 }), (cases, cents) => {
        const [given] = [line({ quantity: String(cases), unit: 'CA', unitPrice: ((cents * 12) / 100).toFixed(2) })];
        const [kept] = accepted(submission({ lines: [given] })).lines;
        const value = multiply(decimal(given?.unitPrice ?? '0'), decimal(given?.quantity ?? '0'));
        expect(compare(multiply(kept?.unitPrice ?? decimal('0'), kept?.quantity ?? decimal('0')), value)).toBe(0);
      }),
    );
  });
});

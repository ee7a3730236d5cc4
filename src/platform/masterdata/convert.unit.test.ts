import { assert as check, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { decimal, divideExactly } from '#model/kernel';
import type { CatalogueItem } from './catalogue.ts';
import { convert } from './convert.ts';

const item: CatalogueItem = {
  item: '85123A',
  description: 'Holder',
  unit: 'EA',
  conversions: [
    { unit: 'CA', factor: decimal('6'), validTo: '2026-03-01' },
    { unit: 'CA', factor: decimal('12'), validFrom: '2026-03-01' },
    { unit: 'GR', factor: decimal('0.0005') },
  ],
};

test('the stock unit needs no conversion', () => {
  expect(convert(decimal('2.5'), 'EA', item, '2026-01-01')).toEqual({ ok: true, value: '2.5' });
});

test('the conversion of the day counts; its last day is the day before validTo', () => {
  expect(convert(decimal('3'), 'CA', item, '2026-02-28')).toEqual({ ok: true, value: '18' });
  expect(convert(decimal('3'), 'CA', item, '2026-03-01')).toEqual({ ok: true, value: '36' });
});

test('a unit that the item does not have is a failure', () => {
  expect(convert(decimal('1'), 'PL', item, '2026-01-01')).toMatchObject({
    ok: false,
    failures: [{ code: 'no-conversion' }],
  });
});

test('what does not fit is a failure and never rounded', () => {
  expect(convert(decimal('0.0001'), 'GR', item, '2026-01-01')).toMatchObject({
    ok: false,
    failures: [{ code: 'not-exact' }],
  });
});

test('whatever converts also converts back exactly', () => {
  const day = constantFrom('2026-02-28', '2026-03-01');
  check(
    property(integer({ min: -1_000_000, max: 1_000_000 }), day, (quantity, on) => {
      const converted = convert(decimal(quantity), 'CA', item, on);
      const factor = decimal(on < '2026-03-01' ? 6 : 12);
      expect(converted.ok && divideExactly(converted.value, factor)).toBe(String(quantity));
    }),
  );
});

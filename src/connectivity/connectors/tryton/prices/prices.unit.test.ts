import { describe, expect, test } from 'vitest';
import type { PriceRequest } from '#model/capabilities';
import { decimal } from '#model/kernel';
import { createDirectory } from '../directory/index.ts';
import type { Erp, ErpAccess } from '../erp.ts';
import { withDefaults } from '../settings.ts';
import { createPrices } from './prices.ts';

type Row = Readonly<Record<string, unknown>>;
const numeric = (text: string) => ({ __class__: 'Decimal', decimal: text });
const vat = { id: 1, type: 'percentage', rate: numeric('0.20') };
const products: readonly Row[] = [
  { id: 11, code: 'A', default_uom: 1, 'account_category.': { 'customer_taxes_used.': [vat] } },
  { id: 12, code: 'B', default_uom: 1, 'account_category.': { 'customer_taxes_used.': [vat] } },
];

/** A Tryton of few words; `said` are the methods that it was asked, with the contexts. */
function stage(customer: Row, answers: Readonly<Record<string, unknown>> = {}) {
  const said: { method: string; context: Row | undefined }[] = [];
  const known: Readonly<Record<string, (params: readonly unknown[], context: Row | undefined) => unknown>> = {
    'model.party.party.search_read': () => [
      { id: 5, active: true, 'addresses.': [], customer_payment_term: null, customer_tax_rule: null, ...customer },
    ],
    'model.company.company.search_read': () => [{ id: 1, party: 1, 'currency.': { id: 3, code: 'GBP' } }],
    'model.product.uom.search_read': () => [{ id: 1, symbol: 'u', category: 1, factor: 1 }],
    'model.product.product.search_read': ([, , , , fields], context) =>
      (fields as readonly string[]).includes('sale_price_uom')
        ? products.map(({ id }) => ({ id, sale_price_uom: numeric(Number(context?.quantity) >= 100 ? '1.1' : '2.50') }))
        : products,
  };
  const erp: Erp = {
    ask: async (read, method, params, speech) => {
      said.push({ method, context: speech?.context });
      return read(method in answers ? answers[method] : known[method]?.(params, speech?.context), method);
    },
    act: () => Promise.reject(new Error('a question changes nothing')),
    resumes: () => undefined,
  };
  const erps: ErpAccess = { during: (_, work) => work(erp) };
  const settings = { url: 'http://erp.test', database: 'erp', username: 'u', password: 'p', sites: {} };
  const prices = createPrices(erps, createDirectory(withDefaults(settings)), 60_000);
  const line = (lineNumber: number, item: string, quantity: string): PriceRequest['lines'][number] => ({
    lineNumber,
    item,
    quantity: decimal(quantity),
    unit: 'EA',
  });
  const quote = (currency: string, ...lines: readonly PriceRequest['lines'][number][]) =>
    prices.quote(
      { customer: '17850', currency, lines },
      { key: 'q', attempt: 1, signal: new AbortController().signal },
    );
  const priceQuestions = () => said.filter(({ context }) => context?.uom !== undefined);
  return { quote, line, priceQuestions };
}

describe('a quote', () => {
  test('of a flat price list asks once for all lines', async () => {
    const { quote, line, priceQuestions } = stage(
      { sale_price_list: 8 },
      { 'model.product.price_list.line.search_count': 0 },
    );
    const { lines } = await quote('GBP', line(1, 'A', '7'), line(2, 'B', '200'), line(3, 'C', '1'));
    expect(lines).toEqual([
      { lineNumber: 1, known: true, unitPrice: '2.5', taxPercent: '20', unit: 'EA' },
      { lineNumber: 2, known: true, unitPrice: '2.5', taxPercent: '20', unit: 'EA' },
      { lineNumber: 3, known: false },
    ]);
    expect(priceQuestions()).toHaveLength(1);
  });

  test('of a price list with quantity breaks asks for each quantity', async () => {
    const { quote, line, priceQuestions } = stage(
      { sale_price_list: 8 },
      { 'model.product.price_list.line.search_count': 2 },
    );
    const { lines } = await quote('GBP', line(1, 'A', '7'), line(2, 'B', '200'), line(3, 'B', '7'));
    expect(lines.map((quoted) => quoted.known && quoted.unitPrice)).toEqual(['2.5', '1.1', '2.5']);
    expect(priceQuestions().map(({ context }) => context?.quantity)).toEqual([7, 200]);
  });

  test("for a customer with a tax rule asks what Tryton would put on a sale's line", async () => {
    const { quote, line } = stage(
      { sale_price_list: null, customer_tax_rule: 4 },
      {
        'model.sale.line.on_change': [{ taxes: { add: [[0, { id: 2 }]] } }],
        'model.account.tax.search_read': [{ id: 2, type: 'percentage', rate: numeric('0') }],
      },
    );
    expect((await quote('GBP', line(1, 'A', '1'))).lines).toMatchObject([{ taxPercent: '0' }]);
  });

  test('in a currency that the company does not sell in is refused', async () => {
    const { quote, line } = stage({ sale_price_list: null });
    await expect(quote('EUR', line(1, 'A', '1'))).rejects.toMatchObject({ kind: 'business', code: 'wrong-currency' });
  });

  test('with a tax that is no percentage is not guessed', async () => {
    const { quote, line } = stage(
      { sale_price_list: null, customer_tax_rule: 4 },
      {
        'model.sale.line.on_change': [{ taxes: { add: [[0, { id: 2 }]] } }],
        'model.account.tax.search_read': [{ id: 2, type: 'fixed', rate: null }],
      },
    );
    await expect(quote('GBP', line(1, 'A', '1'))).rejects.toMatchObject({ code: 'tax-is-no-percentage' });
  });
});

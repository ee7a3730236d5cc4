import { describe, expect, test } from 'vitest';
import { smallWorld } from '../../kit/index.ts';
import { createBooks } from '../models/books.ts';
import { createRegistry } from '../models/registry.ts';
import { seed } from '../seed/seed.ts';
import { refusalOf } from '../wire/refusals.ts';
import { modelNamed } from './registry.ts';
import { searchRows } from './search.ts';
import { transact } from './transaction.ts';

const at = Date.UTC(2026, 2, 1) * 1000;

function searching(context: object = {}) {
  const books = createBooks();
  const registry = createRegistry(books);
  seed(books, smallWorld, at);
  const details = { user: 1, context: { ...context }, at, now: () => at };
  const search = (model: string, domain: unknown, more: object = {}) =>
    transact(
      books,
      details,
      () => undefined,
      (transaction) => searchRows(registry, modelNamed(registry, model), { domain, ...more }, transaction),
    );
  const codes = (model: string, domain: unknown, more: object = {}) =>
    search(model, domain, { order: [['id', 'ASC']], ...more }).map(({ code }) => code);
  return { search, codes, books };
}

describe('a domain', () => {
  test('without clauses is everything', () => {
    expect(searching().codes('product.product', [])).toEqual(['85123A', '71053', 'POST']);
  });

  test('joins its clauses with and; OR and AND nest', () => {
    const { codes } = searching();
    const goods = ['type', '=', 'goods'];
    expect(codes('product.product', [goods, ['code', '!=', '71053']])).toEqual(['85123A']);
    expect(codes('product.product', ['OR', ['code', '=', 'POST'], ['AND', goods, ['code', 'like', '7%']]])).toEqual([
      '71053',
      'POST',
    ]);
    expect(codes('product.product', [['OR', ['code', '=', 'POST'], [goods, ['code', 'ilike', '%a']]]])).toEqual([
      '85123A',
      'POST',
    ]);
  });

  test.each([
    ['=', '3.39', ['71053']],
    ['!=', '3.390', ['85123A', 'POST']],
    ['<', '3', ['85123A']],
    ['<=', '3.39', ['85123A', '71053']],
    ['>', '3.39', ['POST']],
    ['>=', '3.39', ['71053', 'POST']],
  ])('compares exact numbers by their value: %s %s', (operator, decimal, expected) => {
    const clause = ['list_price', operator, { __class__: 'Decimal', decimal }];
    expect(searching().codes('product.template', [clause])).toEqual(expected);
  });

  test('knows in and not in, also of nothing', () => {
    const { codes } = searching();
    expect(codes('product.product', [['code', 'in', ['POST', '71053']]])).toEqual(['71053', 'POST']);
    expect(codes('product.product', [['code', 'not in', ['POST', '71053']]])).toEqual(['85123A']);
    expect(codes('product.product', [['code', 'in', []]])).toEqual([]);
    expect(codes('product.product', [['code', 'not in', []]])).toHaveLength(3);
  });

  test('treats nothing as SQL does: no comparison finds it, the negative ones do', () => {
    const { codes } = searching();
    const limit = (operator: string, value: unknown) =>
      codes('stock.location', [
        ['storage_location', operator, value],
        ['type', '=', 'warehouse'],
      ]);
    expect(limit('=', null)).toEqual([]);
    expect(limit('!=', null)).toEqual(['NORTH', 'SOUTH']);
    expect(codes('stock.location', [['code', '=', null]])).toEqual([null]);
    expect(codes('stock.location', [['code', '!=', 'NORTH']])).toContain(null);
    expect(codes('stock.location', [['code', '>', 'A']])).not.toContain(null);
  });

  test('goes along relations by dots, and finds the other end by name', () => {
    const { codes } = searching();
    expect(codes('product.product', [['template.name', 'like', 'White metal%']])).toEqual(['71053']);
    expect(codes('party.party', [['addresses.country.code', '=', 'GB']])).toEqual(['17850', '13047']);
    expect(codes('party.party', [['sale_price_list', '=', 'Prices of 17850']])).toEqual(['17850']);
    expect(codes('party.party', [['addresses', '=', null]])).toEqual(['COMPANY']);
  });

  test('finds what lies below in a tree', () => {
    const { codes, books } = searching();
    const [north] = books.locations.by('code', 'NORTH');
    expect(codes('stock.location', [['parent', 'child_of', [north?.id]]])).toEqual([
      'NORTH-INP',
      'NORTH-OUT',
      'NORTH-STO',
      'NORTH',
    ]);
  });

  test('leaves inactive records out unless it speaks of them or the context wants them', () => {
    const { books, codes } = searching();
    const [party] = books.parties.by('code', '13047');
    if (party !== undefined) books.parties.set(party.id, { ...party, active: false });
    expect(codes('party.party', [['code', '=', '13047']])).toEqual([]);
    expect(
      codes('party.party', [
        ['code', '=', '13047'],
        ['active', 'in', [true, false]],
      ]),
    ).toEqual(['13047']);
    const open = searching({ active_test: false });
    const [other] = open.books.parties.by('code', '13047');
    if (other !== undefined) open.books.parties.set(other.id, { ...other, active: false });
    expect(open.codes('party.party', [['code', '=', '13047']])).toEqual(['13047']);
  });

  test('is cut to a page and ordered, nothing last where it says so', () => {
    const { codes } = searching();
    expect(codes('product.product', [], { offset: 1, limit: 1 })).toEqual(['71053']);
    expect(codes('product.product', [], { order: [['code', 'DESC']] })).toEqual(['POST', '85123A', '71053']);
    expect(codes('product.product', [], { order: [['template.list_price', 'DESC']] })).toEqual([
      'POST',
      '71053',
      '85123A',
    ]);
    expect(codes('stock.location', [], { order: [['code', 'ASC NULLS FIRST']], limit: 1 })).toEqual([null]);
  });

  test.each([
    [[['no_such', '=', 1]], "'no_such'"],
    [[['code', '~', 'x']], "'~'"],
    [[['code', '=']], 'not enough values to unpack (expected 3)'],
    ['code', 'the domain must be a list'],
  ])('that is wrong breaks the call: %j', (domain, message) => {
    try {
      searching().search('product.product', domain);
      expect.unreachable();
    } catch (thrown) {
      expect(refusalOf(thrown)).toEqual({ kind: 'crash', message });
    }
  });

  test('cannot speak of what has no search', () => {
    expect(() => searching().search('party.party', [['credit_limit_amount', '=', null]])).toThrow(
      'Missing search function for field "Credit Limit Amount" in "Party".',
    );
  });
});

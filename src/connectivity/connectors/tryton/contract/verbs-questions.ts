import { describe, expect, test } from 'vitest';
import { decimal } from '#model/kernel';
import type { TrytonVerbs } from '../connector.ts';
import { callOf } from './requests.ts';
import { facts } from './target.ts';

/** Verbs that change nothing. */
export function describeQuestions(verbs: () => TrytonVerbs): void {
  describe('asked', () => {
    test('for the catalogue, it lists customers and items with their units', async () => {
      const { catalogue } = verbs();
      const { customers } = await catalogue.customers({}, callOf('q'));
      expect(customers).toContainEqual({
        customer: facts.customer,
        name: `Customer ${facts.customer}`,
        currency: 'GBP',
        active: true,
      });
      expect(customers.find(({ customer }) => customer === facts.blocked)?.active).toBe(false);
      const { items } = await catalogue.items({}, callOf('q'));
      expect(items.find(({ item }) => item === facts.item)).toEqual({
        item: facts.item,
        description: 'WHITE HANGING HEART T-LIGHT HOLDER',
        unit: 'EA',
        conversions: [],
      });
      expect(items.some(({ item }) => item === facts.charge)).toBe(true);
    });

    test('for a page after the last, it has no more', async () => {
      const { catalogue } = verbs();
      expect(await catalogue.items({ page: '999999' }, callOf('q'))).toEqual({ items: [] });
    });

    test('for the standing of a customer, it tells limit, use and whether it is blocked', async () => {
      const { customers } = verbs();
      const standing = (customer: string) => customers.standing({ customer, currency: 'GBP' }, callOf('q'));
      expect(await standing(facts.limited)).toMatchObject({
        known: true,
        blocked: false,
        currency: 'GBP',
        creditLimit: '100.00',
        creditUsed: expect.stringMatching(/^\d+\.\d\d$/),
      });
      expect(await standing(facts.customer)).not.toHaveProperty('creditLimit');
      expect(await standing(facts.blocked)).toMatchObject({ known: true, blocked: true });
      expect(await standing('nobody')).toEqual({ known: false });
    });

    test("for prices, it answers every line with the customer's own price, the list price, or that it is unknown", async () => {
      const line = (lineNumber: number, item: string) => ({ lineNumber, item, quantity: decimal('7'), unit: 'EA' });
      const lines = [line(1, facts.item), line(2, facts.other), line(3, 'NO-SUCH'), line(4, facts.item)];
      const quoted = await verbs().prices.quote({ customer: '13047', currency: 'GBP', lines }, callOf('q'));
      const known = { known: true, taxPercent: '20', unit: 'EA' };
      expect(quoted.lines).toEqual([
        { lineNumber: 1, unitPrice: '2.55', ...known },
        { lineNumber: 2, unitPrice: '3.39', ...known },
        { lineNumber: 3, known: false },
        { lineNumber: 4, unitPrice: '2.55', ...known },
      ]);
      const own = await verbs().prices.quote(
        { customer: '13047', currency: 'GBP', lines: [line(1, facts.northOnly)] },
        callOf('q'),
      );
      expect(own.lines).toEqual([{ lineNumber: 1, unitPrice: '2.48', ...known }]);
    });

    test('for stock, it tells what a warehouse has of every item', async () => {
      const { levels } = await verbs().stock.levels({ site: facts.south }, callOf('q'));
      expect(levels.find(({ item }) => item === facts.other)).toMatchObject({
        site: facts.south,
        onHand: '5000',
        unit: 'EA',
      });
      expect(levels.find(({ item }) => item === facts.northOnly)?.onHand).toBe('0');
      expect(levels.some(({ item }) => item === facts.charge)).toBe(false);
    });
  });
}

import { Type } from 'typebox';
import type { CustomersVerbs } from '#model/capabilities';
import { alsoInactive, type Directory } from '../directory/index.ts';
import type { ErpAccess } from '../erp.ts';
import { find } from '../records.ts';
import { fromAmount, Id, Numeric, nullable, rowsOf, Text } from '../wire.ts';

const Row = Type.Object({
  id: Id,
  name: Text,
  active: Type.Boolean(),
  credit_limit_amount: nullable(Numeric),
  credit_amount: nullable(Numeric),
});
const readRows = rowsOf(Row);
const fields = ['name', 'active', 'credit_limit_amount', 'credit_amount'];

/**
 * A customer is a party; its number is the party's code. Tryton 6.0 has no mark for a blocked customer: a deactivated party is
 * one. What is used of the credit is what Tryton counts: what is owed and, before tax, what is confirmed and not invoiced.
 */
export const createCustomers = (erps: ErpAccess, directory: Directory): CustomersVerbs => ({
  standing: ({ customer }, call) =>
    erps.during(call, async (erp) => {
      const where = [['code', '=', customer], alsoInactive];
      const [[row], company] = await Promise.all([
        find(erp, readRows, 'party.party', { where, fields, limit: 1 }),
        directory.company.get(erp),
      ]);
      if (row === undefined) return { known: false };
      const limit = row.credit_limit_amount;
      return {
        known: true,
        name: row.name ?? customer,
        blocked: !row.active,
        currency: company.currency,
        ...(limit === null ? {} : { creditLimit: fromAmount(limit) }),
        creditUsed: fromAmount(row.credit_amount),
      };
    }),
});

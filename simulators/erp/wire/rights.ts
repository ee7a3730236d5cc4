import { callerIsIn, type GroupName } from '../business/groups.ts';
import type { Model } from '../records/model.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError } from './refusals.ts';

/** Which group opens a model; models that are not named are open to every user. */
const needed: Readonly<Record<string, GroupName>> = {
  'sale.sale': 'Sales',
  'sale.line': 'Sales',
  'account.invoice': 'Accounting',
  'account.invoice.line': 'Accounting',
  'account.invoice.tax': 'Accounting',
  'stock.shipment.out': 'Stock',
  'stock.move': 'Stock',
};

/** Refuses a user who may not see the model at all. The administrator may. */
export function requireAccess(transaction: Transaction, model: Model): void {
  const group = needed[model.name];
  if (group === undefined || transaction.books.users.get(transaction.user)?.login === 'admin') return;
  if (!callerIsIn(transaction, group)) throw userError(`You are not allowed to access "${model.label}".`);
}

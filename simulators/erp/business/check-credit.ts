import { add, compare } from '#model/kernel';
import type { SaleRow } from '../models/rows.ts';
import { roundAmount } from '../records/rounding.ts';
import type { Transaction } from '../records/transaction.ts';
import { userError, userWarning } from '../wire/refusals.ts';
import { callerIsIn } from './groups.ts';
import { saleTotals } from './sale.ts';
import { warningIsAccepted } from './warnings.ts';

/** Refuses a sale over the customer's limit; who may override is asked to say so first. */
export function checkCredit(transaction: Transaction, sale: SaleRow): void {
  const { books } = transaction;
  const party = books.parties.must(sale.invoice_party ?? sale.party);
  if (sale.shipment_method !== 'order' || party.credit_limit_amount === null) return;
  const used = add(books.credit.used(party.id), saleTotals(books, sale).untaxed);
  if (compare(party.credit_limit_amount, used) >= 0) return;
  const { symbol } = books.currencies.must(sale.currency);
  const message = `Party "${party.name}" has reached their credit limit of ${symbol}${roundAmount(party.credit_limit_amount)}.`;
  if (!callerIsIn(transaction, 'Account Credit Limit')) throw userError(message);
  const name = `credit_limit_amount_sale.sale,${sale.id}`;
  if (!warningIsAccepted(transaction, name)) throw userWarning(name, message);
}

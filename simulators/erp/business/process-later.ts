import type { Transaction } from '../records/transaction.ts';
import { processSale } from './process.ts';

/** Lets a sale look again at what it has to invoice and to ship, once the call that changed it has committed. */
export function processLater(transaction: Transaction, sale: number): void {
  transaction.later(`process sale.sale,${sale}`, (next) => processSale(next, sale));
}

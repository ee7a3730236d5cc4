import { isPositive } from '#model/kernel';
import type { SaleRow } from '../models/rows.ts';
import type { Transaction } from '../records/transaction.ts';
import { processSale } from './process.ts';
import { invoicesOfSale, movesOfLine, saleLines } from './sale.ts';
import { saleFact } from './sale-buttons.ts';

/** Cancelled moves of a sale about which nobody has decided yet. */
export function undecidedMoves(transaction: Transaction, sale: number): readonly number[] {
  const { books } = transaction;
  return saleLines(books, sale).flatMap((line) =>
    movesOfLine(books, line.id)
      .filter(
        ({ id, state }) => state === 'cancelled' && ![...line.moves_ignored, ...line.moves_recreated].includes(id),
      )
      .map(({ id }) => id),
  );
}

/** Nothing of it left, nothing of it is invoiced: then a sale that says `done` was in truth given up. */
function cameToNothing(transaction: Transaction, sale: SaleRow): boolean {
  const { books } = transaction;
  const live = invoicesOfSale(books, sale.id).some((id) => books.invoices.must(id).state !== 'cancelled');
  const left = saleLines(books, sale.id).some((line) =>
    movesOfLine(books, line.id).some(({ state, quantity }) => state === 'done' && isPositive(quantity)),
  );
  return !live && !left;
}

/** Processes a sale whose exception was decided; the ledger is told when that gave the whole sale up. */
function processDecided(transaction: Transaction, id: number): void {
  const { sales } = transaction.books;
  const before = sales.must(id).state;
  processSale(transaction, id);
  const after = sales.must(id);
  if (before !== 'done' && after.state === 'done' && cameToNothing(transaction, after)) {
    transaction.note(saleFact(transaction, 'sale-cancelled', after));
  }
}

/** Decides on cancelled moves: those to be made again, and the others, which are given up. */
export function handleMoves(
  transaction: Transaction,
  sale: number,
  domain: readonly number[],
  recreated: readonly number[],
): void {
  const { books } = transaction;
  for (const line of saleLines(books, sale)) {
    const open = movesOfLine(books, line.id)
      .map(({ id }) => id)
      .filter((id) => domain.includes(id) && ![...line.moves_ignored, ...line.moves_recreated].includes(id));
    if (open.length === 0) continue;
    transaction.update(books.saleLines, line.id, {
      moves_ignored: [...line.moves_ignored, ...open.filter((id) => !recreated.includes(id))],
      moves_recreated: [...line.moves_recreated, ...open.filter((id) => recreated.includes(id))],
    });
  }
  transaction.later(`process sale.sale,${sale}`, (next) => processDecided(next, sale));
}

/** Cancelled invoices of a sale about which nobody has decided yet. */
export function undecidedInvoices(transaction: Transaction, id: number): readonly number[] {
  const { books } = transaction;
  const sale = books.sales.must(id);
  const decided = [...sale.invoices_ignored, ...sale.invoices_recreated];
  return invoicesOfSale(books, id).filter(
    (invoice) => books.invoices.must(invoice).state === 'cancelled' && !decided.includes(invoice),
  );
}

/** Decides on cancelled invoices: those to be made again, and the others, which are given up. */
export function handleInvoices(
  transaction: Transaction,
  id: number,
  domain: readonly number[],
  recreated: readonly number[],
): void {
  const { sales } = transaction.books;
  const sale = sales.must(id);
  const open = undecidedInvoices(transaction, id).filter((invoice) => domain.includes(invoice));
  transaction.update(sales, id, {
    invoices_ignored: [...sale.invoices_ignored, ...open.filter((invoice) => !recreated.includes(invoice))],
    invoices_recreated: [...sale.invoices_recreated, ...open.filter((invoice) => recreated.includes(invoice))],
  });
  transaction.later(`process sale.sale,${id}`, (next) => processDecided(next, id));
}

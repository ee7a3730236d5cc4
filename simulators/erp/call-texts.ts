import { salesOfInvoice } from './business/invoice.ts';
import { outgoingMoves, saleOfMove } from './business/sale.ts';
import type { Books } from './models/books.ts';
import type { SaleRow } from './models/rows.ts';

/** The sales that a record of a model belongs to. */
const salesOf: Readonly<Record<string, (books: Books, id: number) => readonly (SaleRow | undefined)[]>> = {
  'sale.sale': (books, id) => [books.sales.get(id)],
  'sale.line': (books, id) => [books.sales.get(books.saleLines.get(id)?.sale ?? 0)],
  'stock.shipment.out': (books, id) => {
    const shipment = books.shipments.get(id);
    return shipment === undefined ? [] : outgoingMoves(books, shipment).map((move) => saleOfMove(books, move));
  },
  'stock.move': (books, id) => {
    const move = books.moves.get(id);
    const picked = move?.origin?.startsWith('stock.move,') ? books.moves.get(Number(move.origin.slice(11))) : move;
    return picked === undefined ? [] : [saleOfMove(books, picked)];
  },
  'account.invoice': (books, id) => salesOfInvoice(books, id),
};

const idsIn = (sent: unknown): readonly number[] =>
  (Array.isArray(sent) ? sent : [sent]).filter((id): id is number => Number.isInteger(id));

/** What a script's `text` is looked for in: what is sent, and the order number, the key and the comment of the sale it is about. */
export function callTexts(books: Books, method: string, params: readonly unknown[]): readonly string[] {
  const model = method.split('.').slice(1, -1).join('.');
  const context = params.at(-1) as { readonly active_id?: unknown } | undefined;
  const about = method.startsWith('wizard.')
    ? idsIn(context?.active_id).map((id) => books.sales.get(id))
    : idsIn(params[0]).flatMap((id) => salesOf[model]?.(books, id) ?? []);
  const texts = about.flatMap((sale) => [sale?.reference, sale?.description, sale?.comment]);
  return [JSON.stringify(params), ...texts.filter((text) => typeof text === 'string')];
}

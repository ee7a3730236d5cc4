import { isNegative } from '#model/kernel';
import { deleteMoves, guardMove, moveName } from '../business/moves.ts';
import { saleOfMove } from '../business/sale.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import { userError } from '../wire/refusals.ts';
import type { Books } from './books.ts';
import { checkUnitDigits } from './check-unit-digits.ts';
import { column, computed, ids, link, shown } from './fields.ts';
import type { MoveRow } from './rows.ts';

function exceptionState(books: Books, move: MoveRow): string {
  const [model, id] = (move.origin ?? '').split(',');
  const line = model === 'sale.line' ? books.saleLines.get(Number(id)) : undefined;
  if (line?.moves_recreated.includes(move.id)) return 'recreated';
  return line?.moves_ignored.includes(move.id) ? 'ignored' : '';
}

/** Goods on their way from one place to another. */
export const moveModel = (books: Books): Model =>
  defineModel<MoveRow>({
    name: 'stock.move',
    label: 'Stock Move',
    table: books.moves,
    fields: {
      company: link('company.company', 'Company'),
      product: link('product.product', 'Product', { required: true }),
      uom: link('product.uom', 'Uom', { required: true }),
      quantity: column('float', 'Quantity', { required: true }),
      internal_quantity: computed('float', 'Internal Quantity', ({ quantity }) => quantity),
      unit_digits: shown('integer', 'Unit Digits', ({ uom }) => books.uoms.must(uom).digits),
      from_location: link('stock.location', 'From Location', { required: true }),
      to_location: link('stock.location', 'To Location', { required: true }),
      planned_date: column('date', 'Planned Date'),
      effective_date: column('date', 'Effective Date'),
      state: column('selection', 'State'),
      shipment: column('reference', 'Shipment'),
      origin: column('reference', 'Origin'),
      unit_price: column('numeric', 'Unit Price'),
      currency: link('currency.currency', 'Currency'),
      sale: computed('many2one', 'Sale', (row) => saleOfMove(books, row)?.id ?? null, 'sale.sale'),
      sale_exception_state: shown('selection', 'Exception State', (row) => exceptionState(books, row)),
      invoice_lines: computed(
        'many2many',
        'Invoice Lines',
        ({ id, origin }) =>
          ids(books.invoiceLines.by('origin', origin).filter((line) => line.stock_moves.includes(id))),
        'account.invoice.line',
      ),
    },
    order: [['id', 'DESC']],
    recordName: (row, transaction) => moveName(transaction, row),
    open: ['write', 'delete'],
    beforeWrite: (row, values, transaction) => guardMove(transaction, row, Object.keys(values)),
    checkRow: (row) => {
      checkUnitDigits(books, 'Stock Move', row.quantity, row.uom);
      if (isNegative(row.quantity)) throw userError('Move quantity must be positive.');
    },
    erase: (row, transaction) => deleteMoves(transaction, [row]),
  });

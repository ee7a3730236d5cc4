import { zero } from '#model/kernel';
import { lineAmount } from '../business/amounts.ts';
import { movesOfLine, saleLineName, saleName, templateOf } from '../business/sale.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import { userError } from '../wire/refusals.ts';
import type { Books } from './books.ts';
import { checkUnitDigits } from './check-unit-digits.ts';
import { column, computed, ids, link, links, newestFirst, shown } from './fields.ts';
import type { SaleLineRow, SaleRow } from './rows.ts';

const saleOf = (books: Books, { sale }: SaleLineRow): SaleRow => books.sales.must(sale);

function needs(line: SaleLineRow): void {
  if (line.type !== 'line') return;
  const missing = (label: string): Error => userError(`A value is required for field "${label}" in "Sale Line".`);
  if (line.quantity === null) throw missing('Quantity');
  if (line.unit_price === null) throw missing('Unit Price');
  if (line.product !== null && line.unit === null) throw missing('Unit');
}

/** Lines of sales orders: goods, and charges as services. */
export const saleLineModel = (books: Books): Model =>
  defineModel<SaleLineRow>({
    name: 'sale.line',
    label: 'Sale Line',
    table: books.saleLines,
    fields: {
      sale: link('sale.sale', 'Sale', { required: true }),
      sequence: column('integer', 'Sequence'),
      type: column('selection', 'Type', { required: true, options: ['line', 'subtotal', 'title', 'comment'] }),
      product: link('product.product', 'Product'),
      quantity: column('float', 'Quantity'),
      actual_quantity: column('float', 'Actual Quantity'),
      unit: link('product.uom', 'Unit'),
      unit_digits: shown('integer', 'Unit Digits', ({ unit }) => (unit === null ? 2 : books.uoms.must(unit).digits)),
      unit_price: column('numeric', 'Unit Price', { digits: 4 }),
      taxes: links('account.tax', 'Taxes'),
      description: column('text', 'Description'),
      summary: shown('char', 'Summary', ({ description }) => (description ?? '').split('\n')[0] ?? ''),
      note: column('text', 'Note'),
      moves_ignored: links('stock.move', 'Ignored Moves'),
      moves_recreated: links('stock.move', 'Recreated Moves'),
      amount: shown('numeric', 'Amount', (row) => lineAmount(row)),
      moves: computed('one2many', 'Moves', ({ id }) => newestFirst(movesOfLine(books, id)), 'stock.move'),
      invoice_lines: computed(
        'one2many',
        'Invoice Lines',
        ({ id }) => ids(books.invoiceLines.by('origin', `sale.line,${id}`)),
        'account.invoice.line',
      ),
      company: shown('many2one', 'Company', (row) => saleOf(books, row).company, 'company.company'),
      currency: shown('many2one', 'Currency', (row) => saleOf(books, row).currency, 'currency.currency'),
      warehouse: shown('many2one', 'Warehouse', (row) => saleOf(books, row).warehouse, 'stock.location'),
      sale_state: shown('selection', 'Sale State', (row) => saleOf(books, row).state),
    },
    order: [
      ['sequence', 'ASC', 'FIRST'],
      ['id', 'ASC'],
    ],
    recordName: (row) => saleLineName(books, row),
    open: ['create', 'write', 'delete'],
    defaults: () => ({ type: 'line' }),
    checkRow: (row) => {
      needs(row);
      checkUnitDigits(books, 'Sale Line', row.quantity ?? zero, row.unit);
      if (row.product !== null && !templateOf(books, row.product).salable) {
        throw userError('The value for field "Product" in "Sale Line" is not valid according to its domain.');
      }
    },
    erase: (row, transaction) => {
      const sale = saleOf(books, row);
      if (sale.state !== 'draft' && sale.state !== 'cancelled') {
        throw userError(
          `To delete line "${saleLineName(books, row)}" you must cancel or reset to draft sale "${saleName(sale)}".`,
        );
      }
      transaction.remove(books.saleLines, row.id);
    },
  });

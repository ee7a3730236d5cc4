import { lineAmount } from '../business/amounts.ts';
import { invoiceName, invoiceTotals, salesOfInvoice } from '../business/invoice.ts';
import { eraseInvoice } from '../business/invoice-buttons.ts';
import { saleName } from '../business/sale.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import { userError } from '../wire/refusals.ts';
import type { Books } from './books.ts';
import { column, computed, ids, link, links, shown } from './fields.ts';
import type { InvoiceLineRow, InvoiceRow } from './rows.ts';

const fixedOncePosted = ['number', 'party', 'currency', 'invoice_date', 'invoice_address', 'payment_term', 'type'];

function exceptionState(books: Books, { id }: InvoiceRow): string {
  const sales = salesOfInvoice(books, id);
  if (sales.some(({ invoices_recreated }) => invoices_recreated.includes(id))) return 'recreated';
  return sales.some(({ invoices_ignored }) => invoices_ignored.includes(id)) ? 'ignored' : '';
}

/** Customer invoices with their lines and taxes. They are made by sales only. */
export const invoiceModels = (books: Books): readonly Model[] => [
  defineModel<InvoiceRow>({
    name: 'account.invoice',
    label: 'Invoice',
    table: books.invoices,
    fields: {
      company: link('company.company', 'Company'),
      type: column('selection', 'Type'),
      number: column('char', 'Number'),
      reference: column('char', 'Reference'),
      description: column('char', 'Description'),
      comment: column('text', 'Comment'),
      state: column('selection', 'State'),
      invoice_date: column('date', 'Invoice Date'),
      accounting_date: column('date', 'Accounting Date'),
      party: link('party.party', 'Party'),
      invoice_address: link('party.address', 'Invoice Address'),
      currency: link('currency.currency', 'Currency'),
      currency_digits: shown('integer', 'Currency Digits', () => 2),
      payment_term: link('account.invoice.payment_term', 'Payment Term'),
      move: column('many2one', 'Move'),
      lines: computed(
        'one2many',
        'Lines',
        ({ id }) => ids(books.invoiceLines.by('invoice', id)),
        'account.invoice.line',
      ),
      taxes: computed(
        'one2many',
        'Tax Lines',
        ({ id }) => ids(books.invoiceTaxes.by('invoice', id)),
        'account.invoice.tax',
      ),
      sales: computed('many2many', 'Sales', ({ id }) => ids(salesOfInvoice(books, id)), 'sale.sale'),
      sale_exception_state: shown('selection', 'Exception State', (row) => exceptionState(books, row)),
      origins: shown('char', 'Origins', ({ id }) => salesOfInvoice(books, id).map(saleName).join(', ')),
      untaxed_amount: computed('numeric', 'Untaxed', ({ id }) => invoiceTotals(books, id).untaxed),
      tax_amount: computed('numeric', 'Tax', ({ id }) => invoiceTotals(books, id).tax),
      total_amount: computed('numeric', 'Total', ({ id }) => invoiceTotals(books, id).total),
      amount_to_pay: shown('numeric', 'Amount to Pay', ({ id, state }) =>
        state === 'posted' ? invoiceTotals(books, id).total : '0',
      ),
    },
    order: [
      ['number', 'DESC', 'FIRST'],
      ['id', 'DESC'],
    ],
    recordName: invoiceName,
    open: ['write', 'delete'],
    beforeWrite: (row, values) => {
      const closed = row.state === 'posted' || row.state === 'paid' || row.state === 'cancelled';
      if (closed && Object.keys(values).some((name) => fixedOncePosted.includes(name))) {
        throw userError(`You cannot modify invoice "${invoiceName(row)}" because it is posted, paid or cancelled.`);
      }
    },
    erase: (row, transaction) => eraseInvoice(transaction, row),
  }),
  defineModel<InvoiceLineRow>({
    name: 'account.invoice.line',
    label: 'Invoice Line',
    table: books.invoiceLines,
    fields: {
      company: link('company.company', 'Company'),
      invoice: link('account.invoice', 'Invoice'),
      sequence: column('integer', 'Sequence'),
      type: column('selection', 'Type'),
      product: link('product.product', 'Product'),
      quantity: column('float', 'Quantity'),
      unit: link('product.uom', 'Unit'),
      unit_price: column('numeric', 'Unit Price', { digits: 4 }),
      taxes: links('account.tax', 'Taxes'),
      description: column('text', 'Description'),
      note: column('text', 'Note'),
      origin: column('reference', 'Origin'),
      stock_moves: links('stock.move', 'Stock Moves'),
      amount: computed('numeric', 'Amount', (row) => lineAmount(row)),
      currency: computed(
        'many2one',
        'Currency',
        (row) => books.invoices.must(row.invoice).currency,
        'currency.currency',
      ),
      party: computed('many2one', 'Party', (row) => books.invoices.must(row.invoice).party, 'party.party'),
      invoice_state: computed('selection', 'Invoice State', (row) => books.invoices.must(row.invoice).state),
    },
    recordName: ({ id, product }) => (product === null ? String(id) : books.products.must(product).code),
  }),
  defineModel({
    name: 'account.invoice.tax',
    label: 'Invoice Tax',
    table: books.invoiceTaxes,
    fields: {
      invoice: link('account.invoice', 'Invoice'),
      description: column('char', 'Description'),
      base: column('numeric', 'Base'),
      amount: column('numeric', 'Amount'),
      tax: link('account.tax', 'Tax'),
      manual: column('boolean', 'Manual'),
    },
    recordName: ({ description }) => description,
  }),
];

import { invoicesOfSale, movesOfLine, saleLines, saleName, saleTotals, shipmentsOfSale } from '../business/sale.ts';
import { isCancellable, saleFact } from '../business/sale-buttons.ts';
import type { Model } from '../records/model.ts';
import { defineModel } from '../records/model.ts';
import { userError } from '../wire/refusals.ts';
import type { Books } from './books.ts';
import { children, column, computed, ids, link, links, newestFirst, shown } from './fields.ts';
import type { SaleRow } from './rows.ts';

const states = ['draft', 'quotation', 'confirmed', 'processing', 'done', 'cancelled'];

/** Sales orders. The server does not enforce that a confirmed one is read-only. */
export const saleModel = (books: Books): Model =>
  defineModel<SaleRow>({
    name: 'sale.sale',
    label: 'Sale',
    table: books.sales,
    fields: {
      company: link('company.company', 'Company', { required: true }),
      number: column('char', 'Number'),
      reference: column('char', 'Reference'),
      description: column('char', 'Description'),
      comment: column('text', 'Comment'),
      sale_date: column('date', 'Sale Date'),
      shipping_date: column('date', 'Shipping Date'),
      party: link('party.party', 'Party', { required: true }),
      invoice_party: link('party.party', 'Invoice Party'),
      shipment_party: link('party.party', 'Shipment Party'),
      invoice_address: link('party.address', 'Invoice Address'),
      shipment_address: link('party.address', 'Shipment Address'),
      warehouse: link('stock.location', 'Warehouse'),
      currency: link('currency.currency', 'Currency', { required: true }),
      currency_digits: shown('integer', 'Currency Digits', () => 2),
      price_list: link('product.price_list', 'Price List'),
      payment_term: link('account.invoice.payment_term', 'Payment Term'),
      origin: column('reference', 'Origin'),
      invoice_method: column('selection', 'Invoice Method', {
        required: true,
        options: ['manual', 'order', 'shipment'],
      }),
      shipment_method: column('selection', 'Shipment Method', { required: true, options: ['manual', 'order'] }),
      invoice_state: column('selection', 'Invoice State', { required: true }),
      shipment_state: column('selection', 'Shipment State', { required: true }),
      state: column('selection', 'State', { required: true, options: states }),
      invoices_ignored: links('account.invoice', 'Ignored Invoices'),
      invoices_recreated: links('account.invoice', 'Recreated Invoices'),
      lines: children('sale.line', 'sale', 'Lines', ({ id }) => ids(saleLines(books, id))),
      invoices: computed('many2many', 'Invoices', ({ id }) => invoicesOfSale(books, id), 'account.invoice'),
      shipments: computed('many2many', 'Shipments', ({ id }) => shipmentsOfSale(books, id), 'stock.shipment.out'),
      moves: computed(
        'one2many',
        'Moves',
        ({ id }) => newestFirst(saleLines(books, id).flatMap((line) => movesOfLine(books, line.id))),
        'stock.move',
      ),
      untaxed_amount: shown('numeric', 'Untaxed', (row) => saleTotals(books, row).untaxed),
      tax_amount: shown('numeric', 'Tax', (row) => saleTotals(books, row).tax),
      total_amount: shown('numeric', 'Total', (row) => saleTotals(books, row).total),
      untaxed_amount_cache: column('numeric', 'Untaxed Cache'),
      tax_amount_cache: column('numeric', 'Tax Cache'),
      total_amount_cache: column('numeric', 'Total Cache'),
    },
    order: [
      ['sale_date', 'DESC', 'FIRST'],
      ['id', 'DESC'],
    ],
    recordName: saleName,
    namedBy: ['number', 'reference'],
    open: ['create', 'write', 'delete'],
    defaults: ({ context }) => {
      const company = books.companies.get(Number(context.company));
      const [warehouse, ...others] = books.locations.by('type', 'warehouse');
      return {
        company: company?.id ?? null,
        currency: company?.currency ?? null,
        // With several warehouses the real one proposes none.
        warehouse: others.length === 0 ? (warehouse?.id ?? null) : null,
        invoice_method: 'shipment',
        shipment_method: 'order',
        invoice_state: 'none',
        shipment_state: 'none',
        state: 'draft',
      };
    },
    checkRow: (row) => {
      if (row.invoice_method === 'shipment' && row.shipment_method === 'manual') {
        const name = saleName(row);
        throw userError(`You cannot use together invoice "On Shipment Sent" and shipment "Manual" on sale "${name}".`);
      }
    },
    erase: (row, transaction) => {
      if (!isCancellable(row) && row.state !== 'cancelled') {
        throw userError(`To delete sale "${saleName(row)}" you must cancel it.`);
      }
      transaction.note(saleFact(transaction, 'sale-discarded', row));
      for (const { id } of books.saleLines.by('sale', row.id)) transaction.remove(books.saleLines, id);
      transaction.remove(books.sales, row.id);
    },
  });

import { type CreditBook, createCreditBook } from '../business/credit-book.ts';
import { createStockBook, type StockBook } from '../business/stock-book.ts';
import { createSequences, type Sequences } from '../records/sequences.ts';
import { createTable, type Table } from '../records/table.ts';
import type * as Rows from './rows.ts';

/** Everything that the ERP holds. */
export interface Books {
  readonly groups: Table<Rows.GroupRow>;
  readonly users: Table<Rows.UserRow>;
  readonly sessions: Table<Rows.SessionRow>;
  readonly wizardSessions: Table<Rows.WizardSessionRow>;
  readonly warnings: Table<Rows.WarningRow>;
  readonly countries: Table<Rows.CountryRow>;
  readonly currencies: Table<Rows.CurrencyRow>;
  readonly companies: Table<Rows.CompanyRow>;
  readonly parties: Table<Rows.PartyRow>;
  readonly paymentTerms: Table<Rows.PaymentTermRow>;
  readonly addresses: Table<Rows.AddressRow>;
  readonly taxes: Table<Rows.TaxRow>;
  readonly uomCategories: Table<Rows.UomCategoryRow>;
  readonly uoms: Table<Rows.UomRow>;
  readonly categories: Table<Rows.CategoryRow>;
  readonly templates: Table<Rows.TemplateRow>;
  readonly products: Table<Rows.ProductRow>;
  readonly priceLists: Table<Rows.PriceListRow>;
  readonly priceListLines: Table<Rows.PriceListLineRow>;
  readonly locations: Table<Rows.LocationRow>;
  readonly sales: Table<Rows.SaleRow>;
  readonly saleLines: Table<Rows.SaleLineRow>;
  readonly shipments: Table<Rows.ShipmentRow>;
  readonly moves: Table<Rows.MoveRow>;
  readonly invoices: Table<Rows.InvoiceRow>;
  readonly invoiceLines: Table<Rows.InvoiceLineRow>;
  readonly invoiceTaxes: Table<Rows.InvoiceTaxRow>;
  readonly sequences: Sequences;
  /** Worked out from the moves, kept up to date row by row. */
  readonly stock: StockBook;
  /** Worked out from sales and invoices. */
  readonly credit: CreditBook;
}

/** Opens empty books. */
export function createBooks(): Books {
  const tables = {
    groups: createTable<Rows.GroupRow>('res.group'),
    users: createTable<Rows.UserRow>('res.user', ['login']),
    sessions: createTable<Rows.SessionRow>('ir.session', ['key']),
    wizardSessions: createTable<Rows.WizardSessionRow>('ir.session.wizard'),
    warnings: createTable<Rows.WarningRow>('res.user.warning', ['name']),
    countries: createTable<Rows.CountryRow>('country.country', ['code']),
    currencies: createTable<Rows.CurrencyRow>('currency.currency', ['code']),
    companies: createTable<Rows.CompanyRow>('company.company'),
    parties: createTable<Rows.PartyRow>('party.party', ['code', 'name']),
    paymentTerms: createTable<Rows.PaymentTermRow>('account.invoice.payment_term'),
    addresses: createTable<Rows.AddressRow>('party.address', ['party']),
    taxes: createTable<Rows.TaxRow>('account.tax'),
    uomCategories: createTable<Rows.UomCategoryRow>('product.uom.category'),
    uoms: createTable<Rows.UomRow>('product.uom', ['symbol']),
    categories: createTable<Rows.CategoryRow>('product.category'),
    templates: createTable<Rows.TemplateRow>('product.template', ['code']),
    products: createTable<Rows.ProductRow>('product.product', ['code', 'template']),
    priceLists: createTable<Rows.PriceListRow>('product.price_list', ['name']),
    priceListLines: createTable<Rows.PriceListLineRow>('product.price_list.line', ['price_list', 'product']),
    locations: createTable<Rows.LocationRow>('stock.location', ['code', 'parent', 'type']),
    sales: createTable<Rows.SaleRow>('sale.sale', ['reference', 'description', 'number', 'party', 'state']),
    saleLines: createTable<Rows.SaleLineRow>('sale.line', ['sale']),
    shipments: createTable<Rows.ShipmentRow>('stock.shipment.out', ['number', 'reference', 'state']),
    moves: createTable<Rows.MoveRow>('stock.move', ['shipment', 'origin', 'product']),
    invoices: createTable<Rows.InvoiceRow>('account.invoice', ['number', 'party', 'state']),
    invoiceLines: createTable<Rows.InvoiceLineRow>('account.invoice.line', ['invoice', 'origin']),
    invoiceTaxes: createTable<Rows.InvoiceTaxRow>('account.invoice.tax', ['invoice']),
  };
  return {
    ...tables,
    sequences: createSequences({ sale: 'SO', shipment: 'SHP', invoice: '', entry: '' }),
    stock: createStockBook(tables.moves, tables.locations),
    credit: createCreditBook(tables),
  };
}

/** The tables of the books by the name of their model. */
export function tablesOf(books: Books): ReadonlyMap<string, Table> {
  const { sequences: _sequences, stock: _stock, credit: _credit, ...tables } = books;
  return new Map(Object.values(tables).map((table) => [table.name, table as unknown as Table]));
}

import { add, type Decimal, isZero, multiply, subtract, zero } from '#model/kernel';
import type { InvoiceLineRow, InvoiceRow, InvoiceTaxRow, SaleLineRow, SaleRow } from '../models/rows.ts';
import { roundAmount } from '../records/rounding.ts';
import type { Table } from '../records/table.ts';
import { lineAmount } from './amounts.ts';

/** What customers owe and have on order. */
export interface CreditBook {
  /** Posted and not paid, tax included. */
  receivable(party: number): Decimal;
  /** Receivable, and before tax what is confirmed and not yet invoiced. */
  used(party: number): Decimal;
}

interface Tables {
  readonly sales: Table<SaleRow>;
  readonly saleLines: Table<SaleLineRow>;
  readonly invoices: Table<InvoiceRow>;
  readonly invoiceLines: Table<InvoiceLineRow>;
  readonly invoiceTaxes: Table<InvoiceTaxRow>;
}

/** Opens the credit book over sales and invoices. Open amounts are remembered until a row that they come from changes. */
export function createCreditBook(tables: Tables): CreditBook {
  const owed = new Map<number, Decimal>();
  const invoiceTotals = new Map<number, Decimal>();
  /** What is open on each sale, once worked out; zero ones are not kept among the party's. */
  const openAmounts = new Map<number, Decimal>();
  const openSales = new Map<number, Set<number>>();

  const saleOfOrigin = (origin: string | null): number | undefined =>
    tables.saleLines.get(Number(origin?.split(',')[1]))?.sale;
  const openSalesOf = (party: number): Set<number> => {
    const known = openSales.get(party) ?? new Set<number>();
    openSales.set(party, known);
    return known;
  };
  const forgetSale = (id: number | undefined): void => {
    const sale = id === undefined ? undefined : tables.sales.get(id);
    if (sale === undefined) return;
    openAmounts.delete(sale.id);
    openSalesOf(sale.party).add(sale.id);
  };
  tables.sales.watch((before, after) => {
    if (before !== undefined) openSalesOf(before.party).delete(before.id);
    forgetSale(after?.id);
  });
  tables.saleLines.watch((before, after) => forgetSale((after ?? before)?.sale));
  tables.invoiceLines.watch((before, after) => forgetSale(saleOfOrigin((after ?? before)?.origin ?? null)));
  tables.invoices.watch((before, after) => {
    const party = (after ?? before)?.party ?? 0;
    const id = (after ?? before)?.id ?? 0;
    for (const line of tables.invoiceLines.by('invoice', id)) forgetSale(saleOfOrigin(line.origin));
    const was = invoiceTotals.get(id) ?? zero;
    const is = after?.state === 'posted' ? invoiceTotal(id) : zero;
    if (is === was) return;
    owed.set(party, add(subtract(owed.get(party) ?? zero, was), is));
    invoiceTotals.set(id, is);
  });

  const invoiceTotal = (invoice: number): Decimal => {
    let total = zero;
    for (const line of tables.invoiceLines.by('invoice', invoice)) total = add(total, lineAmount(line));
    for (const tax of tables.invoiceTaxes.by('invoice', invoice)) total = add(total, tax.amount);
    return total;
  };

  const uninvoiced = (line: SaleLineRow): Decimal => {
    let quantity = line.quantity ?? zero;
    for (const invoiced of tables.invoiceLines.by('origin', `sale.line,${line.id}`)) {
      if (tables.invoices.get(invoiced.invoice)?.move != null) quantity = subtract(quantity, invoiced.quantity);
    }
    return quantity;
  };

  const openAmount = (sale: SaleRow): Decimal => {
    if (sale.state !== 'confirmed' && sale.state !== 'processing') return zero;
    let amount = openAmounts.get(sale.id);
    if (amount === undefined) {
      amount = zero;
      for (const line of tables.saleLines.by('sale', sale.id)) {
        amount = add(amount, multiply(uninvoiced(line), line.unit_price ?? zero));
      }
      openAmounts.set(sale.id, amount);
    }
    return amount;
  };

  const receivable = (party: number): Decimal => roundAmount(owed.get(party) ?? zero);
  return {
    receivable,
    used: (party) => {
      let used = receivable(party);
      const open = openSalesOf(party);
      for (const id of open) {
        const amount = openAmount(tables.sales.must(id));
        if (isZero(amount)) open.delete(id);
        else used = roundAmount(add(used, amount));
      }
      return used;
    },
  };
}

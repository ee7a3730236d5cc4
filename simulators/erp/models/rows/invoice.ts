import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export interface InvoiceRow extends Row {
  readonly company: number;
  readonly type: 'out';
  readonly number: string | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly state: 'draft' | 'validated' | 'posted' | 'paid' | 'cancelled';
  readonly invoice_date: string | null;
  readonly accounting_date: string | null;
  readonly party: number;
  readonly invoice_address: number | null;
  readonly currency: number;
  readonly payment_term: number | null;
  readonly comment: string | null;
  /** The journal entry that posting made. */
  readonly move: number | null;
}

export interface InvoiceLineRow extends Row {
  readonly company: number;
  readonly invoice: number;
  readonly sequence: number | null;
  readonly type: 'line';
  readonly product: number | null;
  readonly quantity: Decimal;
  readonly unit: number | null;
  readonly unit_price: Decimal;
  readonly taxes: readonly number[];
  readonly description: string | null;
  readonly note: string | null;
  /** `sale.line,ID` */
  readonly origin: string | null;
  readonly stock_moves: readonly number[];
}

export interface InvoiceTaxRow extends Row {
  readonly invoice: number;
  readonly description: string;
  readonly base: Decimal;
  readonly amount: Decimal;
  readonly tax: number;
  readonly manual: boolean;
}

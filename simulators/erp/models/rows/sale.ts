import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export type SaleState = 'draft' | 'quotation' | 'confirmed' | 'processing' | 'done' | 'cancelled';

export interface SaleRow extends Row {
  readonly company: number;
  readonly number: string | null;
  readonly reference: string | null;
  readonly description: string | null;
  readonly comment: string | null;
  readonly sale_date: string | null;
  readonly shipping_date: string | null;
  readonly party: number;
  readonly invoice_party: number | null;
  readonly shipment_party: number | null;
  readonly invoice_address: number | null;
  readonly shipment_address: number | null;
  readonly warehouse: number | null;
  readonly currency: number;
  readonly price_list: number | null;
  readonly payment_term: number | null;
  readonly invoice_method: 'manual' | 'order' | 'shipment';
  readonly shipment_method: 'manual' | 'order';
  readonly invoice_state: 'none' | 'waiting' | 'paid' | 'exception';
  readonly shipment_state: 'none' | 'waiting' | 'sent' | 'exception';
  readonly invoices_ignored: readonly number[];
  readonly invoices_recreated: readonly number[];
  readonly state: SaleState;
  readonly origin: string | null;
  readonly untaxed_amount_cache: Decimal | null;
  readonly tax_amount_cache: Decimal | null;
  readonly total_amount_cache: Decimal | null;
}

export interface SaleLineRow extends Row {
  readonly sale: number;
  readonly sequence: number | null;
  readonly type: 'line' | 'subtotal' | 'title' | 'comment';
  readonly product: number | null;
  readonly quantity: Decimal | null;
  readonly actual_quantity: Decimal | null;
  readonly unit: number | null;
  readonly unit_price: Decimal | null;
  readonly taxes: readonly number[];
  readonly description: string | null;
  readonly note: string | null;
  readonly moves_ignored: readonly number[];
  readonly moves_recreated: readonly number[];
}

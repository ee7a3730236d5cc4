import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export interface PartyRow extends Row {
  readonly name: string;
  readonly code: string;
  readonly active: boolean;
  readonly credit_limit_amount: Decimal | null;
  readonly sale_price_list: number | null;
  readonly customer_payment_term: number | null;
}

export interface AddressRow extends Row {
  readonly party: number;
  readonly name: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly postal_code: string | null;
  readonly country: number | null;
  readonly active: boolean;
  readonly invoice: boolean;
  readonly delivery: boolean;
}

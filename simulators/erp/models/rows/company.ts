import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export interface CountryRow extends Row {
  readonly name: string;
  /** Two letters; null where the world gives a name only. */
  readonly code: string | null;
}

export interface CurrencyRow extends Row {
  readonly name: string;
  readonly code: string;
  readonly symbol: string;
  readonly digits: number;
  readonly rounding: Decimal;
  readonly active: boolean;
}

export interface CompanyRow extends Row {
  readonly party: number;
  readonly currency: number;
}

export interface PaymentTermRow extends Row {
  readonly name: string;
  readonly active: boolean;
}

export interface TaxRow extends Row {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly rate: Decimal;
  readonly active: boolean;
  readonly company: number;
}

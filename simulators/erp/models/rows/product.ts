import type { Decimal } from '#model/kernel';
import type { Row } from '../../records/row.ts';

export interface UomCategoryRow extends Row {
  readonly name: string;
}

export interface UomRow extends Row {
  readonly name: string;
  readonly symbol: string;
  readonly category: number;
  readonly digits: number;
  readonly factor: Decimal;
  readonly rate: Decimal;
  readonly rounding: Decimal;
  readonly active: boolean;
}

/** How its products are accounted for: what is taxed with what. */
export interface CategoryRow extends Row {
  readonly name: string;
  readonly accounting: boolean;
  readonly customer_taxes: readonly number[];
}

export interface TemplateRow extends Row {
  readonly name: string;
  readonly code: string;
  readonly type: 'goods' | 'service';
  readonly default_uom: number;
  readonly sale_uom: number;
  readonly list_price: Decimal;
  readonly salable: boolean;
  readonly active: boolean;
  readonly account_category: number;
}

export interface ProductRow extends Row {
  readonly template: number;
  readonly code: string;
  readonly suffix_code: string | null;
  readonly description: string | null;
  readonly active: boolean;
}

export interface PriceListRow extends Row {
  readonly name: string;
  readonly company: number;
  readonly active: boolean;
}

export interface PriceListLineRow extends Row {
  readonly price_list: number;
  readonly product: number;
  readonly unit_price: Decimal;
}

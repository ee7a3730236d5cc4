import { type Call, type Decimal, defineCapability } from '#model/kernel';

/** A customer as the door must know it. */
export interface CatalogueCustomer {
  readonly customer: string;
  readonly name: string;
  readonly currency: string;
  readonly active: boolean;
}

/** An item as the door must know it. */
export interface CatalogueItem {
  readonly item: string;
  readonly description: string;
  /** The unit in which it is stocked. */
  readonly unit: string;
  /** Other units in which it may be ordered: one of `unit` is `factor` stock units. */
  readonly conversions: readonly {
    readonly unit: string;
    readonly factor: Decimal;
    readonly validFrom?: string;
    readonly validTo?: string;
  }[];
}

export interface CatalogueVerbs {
  /** Customers, in pages; `next` absent on the last. */
  customers(
    request: { readonly page?: string },
    call: Call,
  ): Promise<{ readonly customers: readonly CatalogueCustomer[]; readonly next?: string }>;
  /** Items (goods and charges), in pages; `next` absent on the last. */
  items(
    request: { readonly page?: string },
    call: Call,
  ): Promise<{ readonly items: readonly CatalogueItem[]; readonly next?: string }>;
}

/** Master data that the door checks submissions against, so that a slow ERP never slows the API. Questions only. */
export const Catalogue = defineCapability<CatalogueVerbs>('catalogue');

import type { ApiProduct } from './product-schema.ts';

/** What the handlers of the products API are given. */
export interface ProductsNeeds {
  /** Every API that is served, in the order in which they are shown. */
  readonly products: () => readonly ApiProduct[];
}

import { defineApi } from '#platform/gateway';
import type { ProductsNeeds } from './needs.ts';
import { listProducts, showProduct } from './show-products.ts';

/** The products product, version 1: contract and policy. Scope: `products:read`. */
export const productsV1 = defineApi<ProductsNeeds>({
  product: 'products',
  version: 'v1',
  title: 'API products',
  description:
    'The APIs that there are: what each is for, who answers for it, how far it has come, and where its OpenAPI document is.',
  owner: 'platform team',
  lifecycle: 'active',
  plan: { name: 'standard', requests: 200, seconds: 10 },
  problems: {},
  routes: [listProducts, showProduct],
});

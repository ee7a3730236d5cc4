export { productsV1 } from './api.ts';
export type { ProductsNeeds } from './needs.ts';
export { productOf } from './product-of.ts';
export type { ApiProduct } from './product-schema.ts';

export { type ProductsNeeds, productsV1 } from './v1/index.ts';

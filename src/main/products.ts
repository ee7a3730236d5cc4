import { type ProductsNeeds, productOf } from '#business/apis/products/v1';
import { apis } from './apis.ts';

/** The catalogue of APIs: the very list that the gateway serves. */
export const productCatalogue = (): ProductsNeeds => {
  const products = apis.map(productOf).toSorted((a, b) => (a.title < b.title ? -1 : 1));
  return { products: () => products };
};

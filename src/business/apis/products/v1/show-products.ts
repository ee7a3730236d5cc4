import { Type } from 'typebox';
import { closed } from '#model/canonical';
import { readRoute } from '#platform/gateway';
import type { ProductsNeeds } from './needs.ts';
import { ApiProduct, ApiProducts } from './product-schema.ts';

const ProductPath = Type.Object(
  {
    product: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$', description: 'The product.', examples: ['orders'] }),
    version: Type.String({ pattern: '^v[1-9][0-9]?$', description: 'Its version.', examples: ['v1'] }),
  },
  closed,
);

export const listProducts = readRoute<ProductsNeeds>()({
  name: 'listProducts',
  path: '/products',
  summary: 'Show every API that there is',
  access: { scope: 'products:read' },
  answers: { ok: ApiProducts },
  problems: [],
  handle: async (_request, { products }) => ({ outcome: 'ok', body: { products: [...products()] } }),
});

export const showProduct = readRoute<ProductsNeeds>()({
  name: 'showProduct',
  path: '/products/{product}/{version}',
  summary: 'Show one API in one version',
  access: { scope: 'products:read' },
  params: ProductPath,
  answers: { ok: ApiProduct },
  problems: [],
  handle: async ({ params }, { products }) => {
    const found = products().find(({ product, version }) => product === params.product && version === params.version);
    if (found !== undefined) return { outcome: 'ok', body: found };
    const detail = `There is no API ${params.product} in version ${params.version}; GET /products shows what there is.`;
    return { problem: 'not-found', detail };
  },
});

import { type Static, Type } from 'typebox';
import { closed } from '#model/canonical';

/** An API product, as its consumers choose it. */
export const ApiProduct = Type.Object(
  {
    product: Type.String(),
    version: Type.String(),
    title: Type.String(),
    description: Type.String(),
    owner: Type.String(),
    lifecycle: Type.String(),
    plan: Type.Object({ name: Type.String(), requests: Type.Integer(), seconds: Type.Integer() }, closed),
    scopes: Type.Array(Type.String()),
    base: Type.String({ description: 'Path.' }),
    openapi: Type.String({ description: 'Path of its OpenAPI 3.1 document.' }),
    operations: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          method: Type.String(),
          path: Type.String(),
          summary: Type.String(),
          scope: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ApiProduct = Static<typeof ApiProduct>;

export const ApiProducts = Type.Object(
  { products: Type.Array(ApiProduct) },
  { ...closed, $id: 'https://crossdock.dev/schemas/api-products/1' },
);

import { queryOptions } from '@tanstack/react-query';
import type { AnswerOf } from '../../client/answer-of.ts';
import { answered } from '../../client/answered.ts';
import { client } from '../../client/client.ts';
import { Problem } from '../../client/problem.ts';
import type { OpenApiDocument } from './open-api.ts';

export type Product = AnswerOf<'/api/products/v1/products'>['products'][number];

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: () => answered(client.GET('/api/products/v1/products')),
  staleTime: 60_000,
});

/** The document of one API, as everyone may read it. */
export const documentQuery = (product: string, version: string) =>
  queryOptions({
    queryKey: ['products', product, version],
    queryFn: async () => {
      const path = `/api/${encodeURIComponent(product)}/${encodeURIComponent(version)}/openapi.json`;
      const response = await fetch(path);
      if (!response.ok) throw await Problem.of(response);
      return (await response.json()) as OpenApiDocument;
    },
    staleTime: 60_000,
  });

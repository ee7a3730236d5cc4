import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '#platform/gateway/runtime';
import { gatewayWith, type TriedGateway } from '#platform/gateway/testing';
import { type TestDatabase, testDatabase } from '#platform/storage/testing';
import { productOf, productsV1 } from './index.ts';

let own: TestDatabase;
let tried: TriedGateway;
let authorization: string;
beforeAll(async () => {
  own = await testDatabase();
  const products = [productOf(productsV1)];
  tried = await gatewayWith({ database: own.database, apis: [productsV1], needs: { products: () => products } });
  authorization = `Bearer ${(await createKey(own.database, { consumer: 'portal', scopes: ['products:read'] })).key}`;
});
afterAll(async () => {
  await tried.gateway.close();
  await own.drop();
});

const ask = async (path: string, headers: Record<string, string> = { authorization }) => {
  const answer = await fetch(`${tried.url}/api/products/v1${path}`, { headers });
  return { status: answer.status, json: JSON.parse(await answer.text()) };
};

describe('the products API', () => {
  test('shows every API, and where its document is', async () => {
    const { json } = await ask('/products');
    expect(json.products).toHaveLength(1);
    const { openapi } = json.products[0];
    const document = await fetch(`${tried.url}${openapi}`);
    expect(await document.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'API products' } });
  });

  test('shows one', async () => {
    const { json } = await ask('/products/products/v1');
    expect(json).toMatchObject({ product: 'products', scopes: ['products:read'], base: '/api/products/v1' });
  });

  test.each(['/products/products/v2', '/products/none/v1'])('what is not there is not there: %s', async (path) => {
    expect((await ask(path)).json).toMatchObject({ status: 404, code: 'not-found' });
  });

  test.each(['/products/Products/v1', '/products/products/1'])(
    'an address that is none is refused: %s',
    async (path) => {
      expect((await ask(path)).status).toBe(422);
    },
  );

  test('is for those who may', async () => {
    expect((await ask('/products', {})).status).toBe(401);
  });
});

import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem.ts';
import type { paths } from './schema.generated.d.ts';

/** Throws what the server answered instead of the data as a `Problem`; names every write by a key of its own. */
const manners: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
  },
};

/**
 * The platform's APIs, typed by their OpenAPI documents. Every call resolves with the data or throws a `Problem`.
 *
 * ```ts
 * const { data } = await client.GET('/api/orders/v1/orders/{orderNumber}', { params: { path: { orderNumber } } });
 * ```
 */
export const client = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
client.use(manners);

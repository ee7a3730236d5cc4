import type { Client } from 'openapi-fetch';
import { type CallOptions, call } from './call.ts';
import type { paths } from './schema.generated.d.ts';

/** The platform's APIs, asked by a function of one's own. */
export function clientBy(ask: typeof call) {
  const method = (name: string) => (path: string, options?: CallOptions) => ask(name, path, options);
  return {
    GET: method('GET'),
    POST: method('POST'),
    PUT: method('PUT'),
    PATCH: method('PATCH'),
    DELETE: method('DELETE'),
  } as unknown as Pick<Client<paths>, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;
}

/**
 * The platform's APIs, typed by their OpenAPI documents. Every call resolves with the data or throws a `Problem`. The types are those of
 * openapi-fetch; what it does besides would be a fiftieth of the script at first load, and is not needed.
 *
 * ```ts
 * const { data } = await client.GET('/api/orders/v1/orders/{orderNumber}', { params: { path: { orderNumber } } });
 * ```
 */
export const client = clientBy(call);

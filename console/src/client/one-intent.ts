import { addressOf, call } from './call.ts';
import { type client, clientBy } from './client.ts';

/** The writes of the platform's APIs. */
export type Writes = Pick<typeof client, 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;

/**
 * The writes of one intent of a person. What is sent again just as it was bears the key that it bore before, so that it is done once
 * however often somebody asks for it because an answer was lost. What is sent otherwise is another wish and bears a key of its own.
 */
export function oneIntent(): Writes {
  const keys = new Map<string, string>();
  return clientBy((method, path, options = {}) => {
    const sent = JSON.stringify([method, addressOf(path, options.params ?? {}), options.body]);
    const key = keys.get(sent) ?? crypto.randomUUID();
    keys.set(sent, key);
    return call(method, path, { ...options, headers: { ...options.headers, 'idempotency-key': key } });
  });
}

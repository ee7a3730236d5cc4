import { isAttended } from './attended.ts';
import { Problem } from './problem.ts';

/** What a call is made of, as far as the platform's APIs need it. */
export interface CallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, string | number>>;
    readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  };
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | null;
}

/** The address of a call: its path with its parameters filled in, and its query without what is undefined. */
export function addressOf(path: string, { path: parts = {}, query = {} }: NonNullable<CallOptions['params']>): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of [value].flat()) if (each !== undefined) search.append(name, String(each));
  return search.size === 0 ? filled : `${filled}?${search}`;
}

/**
 * Asks one of the platform's APIs with one's session. Names every write by a key of its own (`oneIntent` where it may have to be sent
 * again); throws what was answered instead of the data as a `Problem`.
 */
export async function call(method: string, path: string, options: CallOptions = {}) {
  const { params = {}, body, signal = null } = options;
  const headers = new Headers(options.headers);
  if (method !== 'GET' && !headers.has('idempotency-key')) headers.set('idempotency-key', crypto.randomUUID());
  if (body !== undefined) headers.set('content-type', 'application/json');
  // What refreshes the screen before which nobody sits is no use of the session.
  if (!isAttended()) headers.set('x-unattended', '1');
  const response = await fetch(addressOf(path, params), {
    method,
    headers,
    signal,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw await Problem.of(response);
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const data: unknown = isJson ? await response.json() : await response.text();
  return { data, response };
}

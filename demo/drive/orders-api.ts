import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from './observed.ts';

/** An answer of the orders API. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The public orders API, as a customer's shop uses it. */
export interface OrdersApi {
  submit(submission: object, key: string): Promise<ApiAnswer>;
  order(orderNumber: string): Promise<OrderView>;
  narrative(orderNumber: string): Promise<unknown>;
  cancel(orderNumber: string, reason: string, key: string): Promise<ApiAnswer>;
  release(orderNumber: string, hold: string, reason: string, key: string): Promise<ApiAnswer>;
}

export interface OrdersApiNeeds {
  /** Of the platform, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Other nodes of it: requests go to all in turn, and one that is not answered goes to the next. */
  readonly others?: readonly string[];
  readonly apiKey: string;
  /** Aborts every call. */
  readonly signal?: AbortSignal;
}

/** Times that a call is made before the platform is taken to be gone. */
const patience = 8;

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The order number that an answer gives; undefined when it gives none. */
export const orderNumberIn = ({ body }: ApiAnswer): string | undefined => {
  const orderNumber = member(body, 'orderNumber');
  return typeof orderNumber === 'string' ? orderNumber : undefined;
};

/** JSON pointers of the problems that an answer tells. */
export const findingsIn = ({ body }: ApiAnswer): readonly string[] =>
  list(member(body, 'errors')).flatMap((error) => {
    const path = member(error, 'path');
    return typeof path === 'string' ? [path] : [];
  });

/** `422 {"title":…}`, cut for a line of text. */
export const answerText = ({ status, body }: ApiAnswer): string => `${status} ${JSON.stringify(body)}`.slice(0, 300);

function readView({ body }: ApiAnswer): OrderView {
  return {
    orderNumber: String(member(body, 'orderNumber')),
    state: String(member(body, 'state')),
    holds: list(member(body, 'holds')).map((hold) => ({
      hold: String(member(hold, 'hold')),
      kind: String(member(hold, 'kind')),
    })),
  };
}

/** Waits as long as the answer asks, else a little longer each time. */
const waitMs = (response: Response | undefined, attempt: number): number => {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(asked) ? asked * 1_000 : Math.min(2_000, 50 * 2 ** attempt);
};

/**
 * Calls the API as a careful consumer does: a lost answer, 408, 429 and 503 are asked again under the same
 * key. Throws an `Error` when the platform does not answer at all.
 */
export function createOrdersApi({ url, others = [], apiKey, signal }: OrdersApiNeeds): OrdersApi {
  const nodes = [url, ...others];
  let turns = 0;

  async function once(method: string, path: string, body: object | undefined, key: string | undefined) {
    turns += 1;
    return fetch(`${nodes[turns % nodes.length]}/api/orders/v1/orders${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async function ask(method: string, path: string, body?: object, key?: string): Promise<ApiAnswer> {
    let last = 'no answer';
    for (let attempt = 0; attempt < patience; attempt += 1) {
      let response: Response | undefined;
      try {
        response = await once(method, path, body, key);
        const text = await response.text();
        const answer = { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
        if (![408, 429, 503].includes(response.status)) return answer;
        last = answerText(answer);
      } catch (thrown) {
        signal?.throwIfAborted();
        last = thrown instanceof Error ? `${thrown.message} ${thrown.cause ?? ''}`.trim() : String(thrown);
      }
      await pause(waitMs(response, attempt), undefined, signal === undefined ? {} : { signal });
    }
    throw new Error(`${method} ${path}: ${last}`);
  }

  async function read(path: string): Promise<ApiAnswer> {
    const answer = await ask('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answerText(answer)}`);
    return answer;
  }

  return {
    submit: (submission, key) => ask('POST', '', submission, key),
    order: async (orderNumber) => readView(await read(`/${orderNumber}`)),
    narrative: async (orderNumber) => (await read(`/${orderNumber}/narrative`)).body,
    cancel: (orderNumber, reason, key) => ask('POST', `/${orderNumber}/cancellation`, { reason }, key),
    release: (orderNumber, hold, reason, key) =>
      ask('POST', `/${orderNumber}/holds/${encodeURIComponent(hold)}/release`, { reason, waiver: {} }, key),
  };
}

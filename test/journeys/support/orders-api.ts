import type { OrderView } from '#business/apis/orders/v1';
import { eventually } from './eventually.ts';

/** The narrative as a caller reads it. */
export interface Narrative {
  readonly orderNumber: string;
  readonly state: string;
  readonly story: readonly {
    readonly at: string;
    readonly run: string;
    readonly what: 'state' | 'message' | 'effect' | 'hold' | 'person' | 'fact' | 'case' | 'run';
    readonly who: string;
    readonly summary: string;
    /** The journal's entry. */
    readonly details?: unknown;
  }[];
  readonly effects: readonly {
    readonly run: string;
    readonly name: string;
    readonly key: string;
    readonly system?: string;
    readonly status: string;
  }[];
  readonly says: readonly { readonly system: string; readonly about: string; readonly said: string }[];
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the test knows what it asked for. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface SubmitOptions {
  /** Idempotency-Key; null sends none. Default: a fresh one. */
  readonly key?: string | null;
  /** `Prefer`. */
  readonly prefer?: string;
}

/** The public orders API as a caller sees it. Nothing is sent again by itself. */
export interface OrdersApi {
  /** `body`: JSON, or text that is sent as it stands. */
  submit(body: object | string, options?: SubmitOptions): Promise<Answer>;
  /** Submits and expects to be taken; answers the order's number. */
  order(body: object, options?: SubmitOptions): Promise<string>;
  show(orderNumber: string): Promise<OrderView>;
  narrative(orderNumber: string): Promise<Narrative>;
  cancel(orderNumber: string, reason: string, options?: Pick<SubmitOptions, 'prefer'>): Promise<Answer>;
  change(orderNumber: string, change: object, options?: Pick<SubmitOptions, 'key' | 'prefer'>): Promise<Answer>;
  release(orderNumber: string, hold: string, body: object): Promise<Answer>;
  /** Any other path of the installation. */
  ask(path: string): Promise<Answer>;
  /** The first view that satisfies `until`. */
  reaches(orderNumber: string, what: string, until: (order: OrderView) => boolean): Promise<OrderView>;
  /** The order in this state. */
  in(orderNumber: string, state: string): Promise<OrderView>;
}

export const path = '/api/orders/v1/orders';
const journeyMs = 20_000;
let keys = 0;

/** A key that no other call of this process has. */
export const freshKey = (): string => {
  keys += 1;
  return `journey-${process.pid}-${keys}`;
};

/** `url` is asked anew for each call: a platform that was restarted has another. */
export function createOrdersApi(url: () => string, apiKey: string): OrdersApi {
  async function call(method: string, where: string, body?: object | string, more: object = {}): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${url()}${where}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: text }),
    });
    const answer = await response.text();
    return { status: response.status, headers: response.headers, json: answer === '' ? {} : JSON.parse(answer) };
  }

  async function read<Body>(where: string): Promise<Body> {
    const { status, json } = await call('GET', where);
    if (status !== 200) throw new Error(`GET ${where} was answered ${status}: ${JSON.stringify(json)}`);
    return json as Body;
  }

  const decide = (where: string, body: object, { key = freshKey(), prefer }: SubmitOptions = {}): Promise<Answer> =>
    call('POST', where, body, {
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(prefer === undefined ? {} : { prefer }),
    });

  const api: OrdersApi = {
    submit: (body, { key = freshKey(), prefer } = {}) =>
      call('POST', path, body, {
        ...(key === null ? {} : { 'idempotency-key': key }),
        ...(prefer === undefined ? {} : { prefer }),
      }),
    order: async (body, options) => {
      const { status, json } = await api.submit(body, options);
      if (status >= 300) throw new Error(`the order was answered ${status}: ${JSON.stringify(json)}`);
      return String(json.orderNumber);
    },
    show: (orderNumber) => read(`${path}/${orderNumber}`),
    narrative: (orderNumber) => read(`${path}/${orderNumber}/narrative`),
    cancel: (orderNumber, reason, options) => decide(`${path}/${orderNumber}/cancellation`, { reason }, options),
    change: (orderNumber, change, options) =>
      decide(`${path}/${orderNumber}/changes`, { reason: 'the customer rang', ...change }, options),
    release: (orderNumber, hold, body) => decide(`${path}/${orderNumber}/holds/${hold}/release`, body),
    ask: (where) => call('GET', where),
    reaches: async (orderNumber, what, until) => {
      const found = async (): Promise<OrderView | undefined> => {
        const order = await api.show(orderNumber);
        return until(order) ? order : undefined;
      };
      const soFar = async (): Promise<string> => {
        const { state, story } = await api.narrative(orderNumber);
        return `It is ${state}:\n${story.map(({ at, run, summary }) => `${at} ${run}: ${summary}`).join('\n')}`;
      };
      return eventually(`order ${orderNumber} to be ${what}`, found, { withinMs: journeyMs, soFar });
    },
    in: (orderNumber, state) => api.reaches(orderNumber, state, (order) => order.state === state),
  };
  return api;
}

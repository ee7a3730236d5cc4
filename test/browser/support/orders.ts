import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { eventually } from '../../journeys/support/eventually.ts';

interface Line {
  readonly kind: string;
  readonly item: string;
  readonly unitPrice: string;
  readonly quantities: { readonly ordered: string; readonly shipped?: string };
}
interface OrderView {
  readonly orderNumber: string;
  readonly state: string;
  readonly customer: string;
  readonly customerPurchaseOrder: string;
  readonly currency: string;
  readonly bookings: readonly { readonly reference: string }[];
  readonly fulfilments: readonly object[];
  readonly waivers: readonly object[];
  readonly openCases: readonly string[];
  readonly lines: readonly Line[];
}

/** Asks an API as the demo's own caller. Throws with what it said when that is not good. */
export async function askApi<Answer>(path: string, body?: object): Promise<Answer> {
  const { url, apiKey } = inject('demo');
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as Answer;
}

/** Reads what a supervisor sees. */
export async function supervisorSees<Answer>(path: string): Promise<Answer> {
  const cookie = `crossdock_session=${inject('sessions').susan}`;
  const answer = await fetch(inject('demo').url + path, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Turns dials of one of the demo's simulators. */
export async function turn(system: string, dials: object): Promise<void> {
  const control = inject('demo').controls[system];
  const answer = await fetch(`${control}/dials`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(dials),
  });
  if (!answer.ok) throw new Error(`${system}: ${answer.status} ${await answer.text()}`);
}

interface Listed {
  readonly orders: readonly { readonly orderNumber: string }[];
}
const numbersOf = async (query: string): Promise<readonly string[]> =>
  (await askApi<Listed>(`/api/orders/v1/orders?${query}`)).orders.map(({ orderNumber }) => orderNumber);

/** Orders in a state. */
export const ordersIn = (state: string): Promise<readonly string[]> => numbersOf(`state=${state}`);

/** One order as the API shows it. */
export const order = (orderNumber: string): Promise<OrderView> => askApi(`/api/orders/v1/orders/${orderNumber}`);

interface Fresh {
  readonly customer: string;
  readonly currency: string;
  readonly lines: readonly { readonly kind: 'goods'; readonly item: string; quantity: string; unitPrice: string }[];
}

/** One unit of what somebody ordered before; only of an order on which nothing was short and nothing was held. */
async function again(orderNumber: string): Promise<Fresh | undefined> {
  const { customer, currency, lines, waivers, fulfilments } = await order(orderNumber);
  const goods = lines.filter(({ kind }) => kind === 'goods');
  const [line] = goods;
  const wasShort =
    fulfilments.length !== 1 || goods.some(({ quantities: { shipped, ordered } }) => shipped !== ordered);
  if (line === undefined || wasShort || waivers.length > 0) return undefined;
  const { item, unitPrice } = line;
  return { customer, currency, lines: [{ kind: 'goods', item, quantity: '1', unitPrice }] };
}

async function submit(fresh: Fresh): Promise<string> {
  const customerPurchaseOrder = `AGAIN-${randomUUID().slice(0, 8).toUpperCase()}`;
  const body = { ...fresh, customerPurchaseOrder };
  return (await askApi<{ orderNumber: string }>('/api/orders/v1/orders', body)).orderNumber;
}

/** What was ordered on the day and can be ordered again. */
async function* orderable(): AsyncGenerator<Fresh> {
  for (const known of await ordersIn('completed')) {
    const fresh = await again(known);
    if (fresh !== undefined) yield fresh;
  }
}

/** Orders anew what somebody of the day ordered; answers the new order's number. */
export async function orderAgain(): Promise<string> {
  for await (const fresh of orderable()) return submit(fresh);
  throw new Error('nothing short and nothing held: no order of the day is like this');
}

/** Finds what can be ordered again and is delivered without anybody; answers what orders it once more. */
export async function deliverable(): Promise<() => Promise<string>> {
  for await (const fresh of orderable()) {
    const first = await submit(fresh);
    const end = await eventually('it to end or to wait', async () => {
      const { state } = await order(first);
      return ['completed', 'held', 'awaiting-stock', 'awaiting-remainder'].find((each) => each === state);
    });
    if (end === 'completed') return () => submit(fresh);
  }
  throw new Error('no order of the day is delivered when it is ordered again');
}

/** Orders so cheaply that a person must look at it: an order that is held, and can be changed and cancelled. */
export async function heldOrder(): Promise<string> {
  for await (const fresh of orderable()) {
    const lines = fresh.lines.map((line) => ({ ...line, unitPrice: '0.01' }));
    const number = await submit({ ...fresh, lines });
    await eventually('it to be held', async () => (await order(number)).state === 'held');
    return number;
  }
  throw new Error('no order of the day can be ordered again');
}

/** Nothing is left of the order for another story to stumble over. */
export async function cancelled(orderNumber: string): Promise<void> {
  if ((await order(orderNumber)).state !== 'cancelled')
    await askApi(`/api/orders/v1/orders/${orderNumber}/cancellation`, { reason: 'the story is over' });
  await eventually('it to be cancelled, with no case left', async () => {
    const { state, openCases } = await order(orderNumber);
    return state === 'cancelled' && openCases.length === 0;
  });
}

const confirm = 'model.sale.sale.confirm';

async function isRefused(number: string): Promise<boolean> {
  const { openCases } = await order(number);
  return openCases.includes('failed-book-in-erp');
}

/** Somebody has taken a right away in the ERP: orders that cannot be booked. Resolves when a person is asked about each. */
export async function refusedBookings(count: number): Promise<readonly string[]> {
  await turn('erp-main', { denied: [confirm] });
  // Of some items the day has used up all there is: what waits for stock is never booked.
  for await (const fresh of orderable()) {
    const first = await submit(fresh);
    const moved = await eventually('it to move', async () => {
      const { state } = await order(first);
      return ['checking', 'judging', 'reserving'].includes(state) ? undefined : state;
    });
    if (moved !== 'booking') continue;
    const numbers = [first];
    while (numbers.length < count) numbers.push(await submit(fresh));
    await eventually('a case about each of them', async () =>
      (await Promise.all(numbers.map(isRefused))).every((refused) => refused),
    );
    return numbers;
  }
  throw new Error('no order of the day can be booked again');
}

/** The right is given back. */
export const allowBookings = (): Promise<void> => turn('erp-main', { denied: [] });

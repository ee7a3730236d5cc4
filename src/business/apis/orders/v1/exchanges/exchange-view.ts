import { differenceBetween } from '#platform/engine';
import type { Exchange } from '../exchange-schema.ts';
import { orderLinks } from '../view.ts';
import type { Asking, Hearing, OrderExchange } from './order-exchange.ts';
import { shortened } from './payload.ts';

/** How many differences are listed of one exchange. */
const mostDifferences = 100;

const told = (exchange: OrderExchange): unknown => (exchange.direction === 'out' ? exchange.request : exchange.data);

/** How each exchange differs from the one before it of the same name and system, by its id. */
export function earlierOnes(exchanges: readonly OrderExchange[]): ReadonlyMap<string, OrderExchange> {
  const latest = new Map<string, OrderExchange>();
  const earlier = new Map<string, OrderExchange>();
  for (const exchange of exchanges) {
    const undoes = exchange.direction === 'out' && exchange.undoes;
    const name = `${exchange.direction} ${exchange.system} ${exchange.name} ${undoes}`;
    const before = latest.get(name);
    if (before !== undefined) earlier.set(exchange.id, before);
    latest.set(name, exchange);
  }
  return earlier;
}

function differences(exchange: OrderExchange, before: OrderExchange | undefined) {
  if (before === undefined) return { differences: [] };
  const all = differenceBetween(told(before), told(exchange));
  const listed = all.slice(0, mostDifferences).map(({ path, from, to }) => ({
    path,
    ...(from === undefined ? {} : { from: shortened(from).shown }),
    ...(to === undefined ? {} : { to: shortened(to).shown }),
  }));
  const more = all.length - listed.length;
  return { comparedWith: before.id, differences: listed, ...(more === 0 ? {} : { moreDifferences: more }) };
}

const payloadsOf = (exchange: OrderExchange) =>
  exchange.direction === 'out'
    ? ({ request: exchange.request, answer: exchange.answer } as const)
    : ({ request: exchange.data, original: exchange.original } as const);

type Payloads = Partial<Pick<Exchange, 'request' | 'answer'> & { original: string }>;

function payloads(exchange: OrderExchange, isWhole: boolean): Payloads & Pick<Exchange, 'cut'> {
  const cut: Exchange['cut'] = [];
  const shown: Record<string, unknown> = {};
  for (const [name, payload] of Object.entries(payloadsOf(exchange))) {
    if (payload === undefined) continue;
    const short = isWhole ? { shown: payload, isCut: false } : shortened(payload);
    shown[name] = short.shown;
    if (short.isCut) cut.push(name as Exchange['cut'][number]);
  }
  return { ...(shown as Payloads), cut };
}

const ofAsking = ({ undoes, fault, settledAt }: Asking) => ({
  ...(undoes ? { undoes } : {}),
  ...(fault === undefined
    ? {}
    : {
        fault: {
          kind: fault.kind,
          code: fault.code,
          message: fault.message,
          ...(fault.said === undefined ? {} : { said: fault.said }),
        },
      }),
  ...(settledAt === undefined ? {} : { settledAt }),
});

const ofHearing = ({ because }: Hearing) => (because === undefined ? {} : { because });

/** An exchange in the API's words; `before`: the one that it is compared with. In a list large payloads are cut. */
export function exchangeView(
  orderNumber: string,
  exchange: OrderExchange,
  before: OrderExchange | undefined,
  isWhole: boolean,
): Exchange {
  const { id, at, run, direction, system, name, key, standing } = exchange;
  return {
    ...{ id, at, run, direction, system, name, key, standing },
    ...(exchange.direction === 'out' ? ofAsking(exchange) : ofHearing(exchange)),
    ...payloads(exchange, isWhole),
    ...differences(exchange, before),
    links: { self: `${orderLinks(orderNumber).self}/exchanges/${encodeURIComponent(id)}` },
  };
}

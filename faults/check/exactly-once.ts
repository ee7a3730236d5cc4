import { compare } from '#model/kernel';
import { demandOf, type WantedLine } from './demand.ts';
import { isSettled } from './ends.ts';
import type { Effect, Evidence, Finding, SeenOrder } from './evidence.ts';
import { excuses } from './excuses.ts';
import { linesOwed } from './lines.ts';
import { byOrder, itemsOf, namesOf, ofKind, quantityOf, repeatedAmong, tally } from './tally.ts';

const text = (value: unknown): string => String(value ?? '');
const all = (effects: readonly Effect[], member: string): readonly string[] =>
  effects.map((effect) => text(effect[member]));

/** Sales orders that were confirmed and not cancelled, by the ERP's own number. */
function standingSales(effects: readonly Effect[]): readonly Effect[] {
  const cancelled = new Set(all(ofKind(effects, 'sale-cancelled'), 'number'));
  return ofKind(effects, 'sale-confirmed').filter(({ number }) => !cancelled.has(text(number)));
}

/** What was done more often than it may have been, whatever became of the order. */
function doubled(effects: readonly Effect[], order: SeenOrder | undefined): readonly string[] {
  const once = (kind: string, member: string): readonly string[] =>
    repeatedAmong(all(ofKind(effects, kind), member)).map((name) => `${kind} ${name} stands more than once`);
  const sales = standingSales(effects);
  const known = order?.bookings;
  const unknown = known === undefined ? [] : sales.filter(({ number }) => !known.includes(text(number)));
  return [
    ...once('sale-confirmed', 'description'),
    ...once('release-received', 'fulfilmentNumber'),
    ...once('shipment-done', 'shipment'),
    ...once('shipped', 'shipmentNumber'),
    ...ofKind(effects, 'duplicate-release').map(
      ({ fulfilmentNumber }) => `${text(fulfilmentNumber)} was released to its warehouse again`,
    ),
    ...(order?.phase === 'ended'
      ? unknown.map(({ number }) => `the sales order ${text(number)} stands in the ERP and the order does not know it`)
      : []),
  ];
}

function shippedTwice(effects: readonly Effect[], lines: readonly { item: string; quantity: string }[]) {
  const ordered = tally(lines.map(({ item, quantity }) => [item, quantity] as const));
  const shipped = itemsOf(ofKind(effects, 'shipped'));
  return namesOf(shipped).flatMap((item) =>
    compare(quantityOf(shipped, item), quantityOf(ordered, item)) > 0
      ? [`${quantityOf(shipped, item)} ${item} left, ${quantityOf(ordered, item)} were ordered`]
      : [],
  );
}

/** What a completed order needs and has not. */
function missing(effects: readonly Effect[], order: SeenOrder): readonly string[] {
  const sold = new Set(all(standingSales(effects), 'number'));
  const released = new Set(all(ofKind(effects, 'release-received'), 'fulfilmentNumber'));
  const issued = new Set(all(ofKind(effects, 'shipment-done'), 'shipment'));
  const invoices = ofKind(effects, 'invoice-posted').length;
  const shipments = all(ofKind(effects, 'shipped'), 'shipmentNumber');
  return [
    ...order.bookings.filter((number) => !sold.has(number)).map((number) => `sales order ${number} is not in the ERP`),
    ...order.fulfilments
      .filter(({ fulfilmentNumber }) => !released.has(fulfilmentNumber))
      .map(({ fulfilmentNumber }) => `the warehouse never had ${fulfilmentNumber}`),
    ...shipments.filter((number) => !issued.has(number)).map((number) => `shipment ${number} is not issued in the ERP`),
    ...(shipments.length === 0 ? ['nothing was ever shipped'] : []),
    ...(invoices < shipments.length ? [`${shipments.length} shipments and ${invoices} invoices`] : []),
  ];
}

const givenUpStates = ['cancelled', 'compensated'];
const isGivenUp = ({ state }: SeenOrder): boolean => givenUpStates.includes(state);

/** What an order that was given up may not have any more. */
function leftBehind(effects: readonly Effect[], { state }: SeenOrder): readonly string[] {
  return [
    ...standingSales(effects).map(({ number }) => `it is ${state} and its sales order ${text(number)} stands`),
    ...ofKind(effects, 'invoice-posted').map(({ number }) => `it is ${state} and has the invoice ${text(number)}`),
  ];
}

/** What was promised and is not there. */
function wantOf(
  effects: readonly Effect[],
  order: SeenOrder | undefined,
  wanted: readonly WantedLine[],
  mayCancel: (item: string) => boolean,
): readonly string[] {
  if (order === undefined) return ['the API does not know it'];
  if (isGivenUp(order)) {
    return wanted.some(({ item }) => mayCancel(item)) ? [] : [`it is ${order.state}, and nothing explains it`];
  }
  return order.state === 'completed' && isSettled(order)
    ? [...missing(effects, order), ...linesOwed(wanted, order, effects, mayCancel)]
    : [];
}

/** One key, one order; one order, one set of effects. */
function keysOf({ acknowledged }: Evidence): readonly Finding[] {
  const numbers = new Map<string, Set<string>>();
  for (const { key, orderNumber } of acknowledged) {
    numbers.set(key, (numbers.get(key) ?? new Set()).add(orderNumber));
  }
  return [...numbers].flatMap(([key, orders]) =>
    orders.size > 1
      ? [{ rule: 'I1', means: 'doubled' as const, what: `key ${key} made the orders ${[...orders].join(', ')}` }]
      : [],
  );
}

/** I1: acknowledged means exactly one sales order, release, goods issue and invoice per business key. Credits: there are none yet. */
export function exactlyOnce(evidence: Evidence): readonly Finding[] {
  const effects = byOrder(evidence);
  const demand = demandOf(evidence);
  const isExcused = excuses(evidence);
  const sent = new Map(evidence.acknowledged.map((order) => [order.orderNumber, order.lines]));
  return [
    ...keysOf(evidence),
    ...[...evidence.orders].flatMap(([orderNumber, order]) => {
      const own = effects.get(orderNumber) ?? [];
      const about = (means: Finding['means'], whats: readonly string[]): readonly Finding[] =>
        whats.map((what) => ({ rule: 'I1', means, orderNumber, what }));
      const lines = sent.get(orderNumber);
      return [
        ...about('doubled', doubled(own, order)),
        ...(lines === undefined ? [] : about('doubled', shippedTwice(own, lines))),
        ...about(
          'lost',
          wantOf(own, order, demand.get(orderNumber) ?? [], (item) => isExcused(orderNumber, item)),
        ),
        ...(order !== undefined && isGivenUp(order) && isSettled(order) ? about('wrong', leftBehind(own, order)) : []),
      ];
    }),
  ];
}

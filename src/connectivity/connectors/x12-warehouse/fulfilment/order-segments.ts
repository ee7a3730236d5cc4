import type { Segment } from '#connectivity/protocols/x12';
import { usualDelimiters } from '#connectivity/protocols/x12';
import type { FulfilmentOrder } from '#model/canonical';
import { sum } from '#model/kernel';
import { itemQualifier, type OrderKind, orderStatus } from '../wire.ts';

const reserved = new RegExp(`[${Object.values({ ...usualDelimiters }).join('')}]`, 'g');

/** Free text for people: what would cut the document becomes a blank. Numbers and names of things are never changed. */
const freeText = (text: string): string => text.replace(reserved, ' ').replace(/\s+/g, ' ').trim();

/** Text over as many elements as it needs, at most `most` of `width`; the last keeps what is left over, so that it is refused. */
function spread(text: string, width: number, most: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest !== '' && parts.length < most - 1) {
    parts.push(rest.slice(0, width).trim());
    rest = rest.slice(width).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}

function recipient({ name, street, city, postalCode, country }: FulfilmentOrder['shipTo']): readonly Segment[] {
  const [first = '', ...more] = spread(freeText(name), 60, 3);
  const lines = spread(freeText(street ?? ''), 55, 2);
  return [
    ['N1', 'ST', first],
    ...(more.length === 0 ? [] : [['N2', ...more]]),
    ...(lines.length === 0 ? [] : [['N3', ...lines]]),
    ['N4', freeText(city ?? ''), '', freeText(postalCode ?? ''), country],
  ];
}

function lineSegments(line: FulfilmentOrder['lines'][number], place: number): readonly Segment[] {
  const description = freeText(line.description ?? '')
    .slice(0, 45)
    .trim();
  return [
    ['LX', String(place + 1)],
    ['W01', line.quantity, line.unit, '', itemQualifier, line.item],
    ...(description === '' ? [] : [['G69', description]]),
    ['N9', 'LI', String(line.lineNumber)],
  ];
}

/** W0503 holds 22 characters: a longer number is cut there, and stands whole in an N9 beside it. */
const longestPurchaseOrder = 22;
const longestReference = 30;

const wholePurchaseOrder = (number: string): readonly Segment[] =>
  number.length <= longestPurchaseOrder ? [] : [['N9', 'PO', number.slice(0, longestReference).trim(), number]];

/** A fulfilment order as the body of a 940: an original, or the request to cancel it, which repeats what it is about. */
export function orderSegments(order: FulfilmentOrder, kind: OrderKind): readonly Segment[] {
  return [
    [
      'W05',
      orderStatus[kind],
      order.fulfilmentNumber,
      (order.customerPurchaseOrder ?? '').slice(0, longestPurchaseOrder).trim(),
    ],
    ...recipient(order.shipTo),
    ['N1', 'WH', order.site, '92', order.site],
    ['N9', 'CO', order.orderNumber],
    ...wholePurchaseOrder(order.customerPurchaseOrder ?? ''),
    ...(order.requestedDate === undefined ? [] : [['G62', '10', order.requestedDate.replaceAll('-', '')]]),
    ...order.lines.flatMap(lineSegments),
    ['W76', sum(order.lines.map(({ quantity }) => quantity))],
  ];
}

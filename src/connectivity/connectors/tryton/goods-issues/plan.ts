import type { GoodsIssueRequest } from '#model/capabilities';
import { add, type Decimal, Fault, isPositive, smaller, subtract, zero } from '#model/kernel';
import { fromQuantity } from '../wire.ts';
import { type Delivery, isIssued, isOpen, type ShipmentRow, saleLineOf } from './delivery.ts';

/** What leaves with one of the ERP's shipments: outgoing move → quantity. Moves that are not named stay behind. */
export interface ShipmentPlan {
  readonly shipment: ShipmentRow;
  readonly quantities: ReadonlyMap<number, Decimal>;
}

const refuse = (code: string, message: string) => new Fault('business', { code, message });

type RequestLine = GoodsIssueRequest['lines'][number];

/** A line of ours is the sale's line with that number; in a sale that others keyed in, the only one with that item. */
function saleLineFor(delivery: Delivery, { lineNumber, item }: RequestLine): number {
  const ofItem = delivery['lines.'].filter((line) => line['product.']?.code === item);
  const exact = ofItem.find(({ sequence }) => sequence === lineNumber);
  const [only, ...others] = ofItem;
  const line = exact ?? (others.length === 0 ? only : undefined);
  if (line === undefined) throw refuse('unknown-line', `The sale in Tryton has no line ${lineNumber} of ${item}.`);
  return line.id;
}

/** What the request says left, by line of the sale, less what an earlier attempt has already issued under this shipment's number. */
export function stillToIssue(request: GoodsIssueRequest, delivery: Delivery): ReadonlyMap<number, Decimal> {
  const left = new Map<number, Decimal>();
  for (const line of request.lines) {
    const saleLine = saleLineFor(delivery, line);
    left.set(saleLine, add(left.get(saleLine) ?? zero, line.shipped));
  }
  for (const shipment of delivery['shipments.'].filter((candidate) => isIssued(candidate, request.shipmentNumber))) {
    for (const move of shipment['outgoing_moves.']) {
      const saleLine = saleLineOf(move);
      const known = saleLine === undefined ? undefined : left.get(saleLine);
      if (saleLine === undefined || known === undefined || move.state !== 'done') continue;
      left.set(saleLine, subtract(known, fromQuantity(move.quantity)));
    }
  }
  return new Map([...left].filter(([, quantity]) => isPositive(quantity)));
}

/**
 * Spreads what left over the open shipments of the warehouse, usually one. More than was open goes with the last move of
 * its line: what left is what is booked. Business fault `nothing-open` for a line with no open move at all.
 */
export function planIssue(
  left: ReadonlyMap<number, Decimal>,
  delivery: Delivery,
  warehouse: number,
): readonly ShipmentPlan[] {
  const open = delivery['shipments.'].filter((shipment) => isOpen(shipment) && shipment.warehouse === warehouse);
  const plans = new Map(open.map((shipment) => [shipment, new Map<number, Decimal>()]));
  for (const [saleLine, quantity] of left) {
    const places = open.flatMap((shipment) =>
      shipment['outgoing_moves.']
        .filter((move) => saleLineOf(move) === saleLine && move.state !== 'cancelled')
        .map((move) => ({ move, plan: plans.get(shipment) })),
    );
    let rest = quantity;
    places.forEach(({ move, plan }, index) => {
      const last = index === places.length - 1;
      const part = last ? rest : smaller(rest, fromQuantity(move.quantity));
      if (isPositive(part)) plan?.set(move.id, part);
      rest = subtract(rest, part);
    });
    if (isPositive(rest)) {
      throw refuse(
        'nothing-open',
        `Goods left that Tryton has nothing open for: line ${saleLine} of the sale, ${quantity}.`,
      );
    }
  }
  return [...plans].flatMap(([shipment, quantities]) => (quantities.size === 0 ? [] : [{ shipment, quantities }]));
}

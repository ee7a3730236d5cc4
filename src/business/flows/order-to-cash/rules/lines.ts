import {
  at,
  type LineQuantities,
  moveQuantity,
  type OrderLine,
  openLine,
  type QuantityStage,
  quantityBreaches,
} from '#model/canonical';
import { type Decimal, isPositive, subtract } from '#model/kernel';
import type { OrderDocument } from '../document.ts';
import { demandOf } from './demand.ts';

export const goodsLines = (doc: OrderDocument): readonly OrderLine[] =>
  demandOf(doc).lines.filter((line) => line.kind === 'goods');

/** The charges that are still wanted. */
export const chargeLines = (doc: OrderDocument): readonly OrderLine[] =>
  demandOf(doc).lines.filter((line) => line.kind === 'charge' && isPositive(line.quantity));

/** The order has charges, and no booking that stands carries them. */
export const chargesAreOpen = (doc: OrderDocument): boolean =>
  chargeLines(doc).length > 0 && !doc.bookings.some((booking) => booking.carriesCharges && booking.withdrawn !== true);

/** What is wanted of a line: ordered and not cancelled. */
export const liveQuantity = (line: LineQuantities): Decimal => subtract(line.ordered, at(line, 'cancelled'));

export const openLines = (lines: readonly OrderLine[]): OrderDocument['lines'] =>
  Object.fromEntries(
    lines.filter((line) => line.kind === 'goods').map((line) => [line.lineNumber, openLine(line.quantity)]),
  );

export const quantitiesOf = (doc: OrderDocument, lineNumber: number): LineQuantities => {
  const quantities = doc.lines[lineNumber];
  if (quantities === undefined) throw new RangeError(`order ${doc.given.orderNumber} has no goods line ${lineNumber}`);
  return quantities;
};

export const hasAny = (doc: OrderDocument, ...stages: readonly QuantityStage[]): boolean =>
  Object.values(doc.lines).some((line) => stages.some((stage) => isPositive(at(line, stage))));

/** Moves a quantity of one line; throws `RangeError` when there is not so much. */
export const moveLine = (
  lines: OrderDocument['lines'],
  lineNumber: number,
  from: QuantityStage,
  to: QuantityStage,
  quantity: Decimal,
): OrderDocument['lines'] => {
  const line = lines[lineNumber];
  if (line === undefined) throw new RangeError(`there is no goods line ${lineNumber}`);
  return { ...lines, [lineNumber]: moveQuantity(line, from, to, quantity) };
};

/** Moves all that stands in one stage, on every line or on those that match. */
export const moveAll = (
  lines: OrderDocument['lines'],
  from: QuantityStage,
  to: QuantityStage,
  matches: (lineNumber: number) => boolean = () => true,
): OrderDocument['lines'] =>
  Object.fromEntries(
    Object.entries(lines).map(([lineNumber, line]) => [
      lineNumber,
      matches(Number(lineNumber)) ? moveQuantity(line, from, to, at(line, from)) : line,
    ]),
  );

/** What is wrong with the lines' quantities, by line. */
export const lineBreaches = (doc: OrderDocument): readonly string[] =>
  Object.entries(doc.lines).flatMap(([lineNumber, line]) =>
    quantityBreaches(line).map((breach) => `line ${lineNumber}: ${breach}`),
  );

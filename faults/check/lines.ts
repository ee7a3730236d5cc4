import { add, compare, decimal, isPositive } from '#model/kernel';
import type { WantedLine } from './demand.ts';
import type { Effect, SeenLine, SeenOrder } from './evidence.ts';
import { linesOf, ofKind, quantityOf, type Tally, tally } from './tally.ts';

/** What left, by the number of the order's line. */
const shippedByLine = (effects: readonly Effect[]): Tally =>
  tally(
    ofKind(effects, 'shipped')
      .flatMap(linesOf)
      .map(({ line, quantity }) => [String(line), quantity] as const),
  );

const at = ({ quantities }: SeenLine, stage: string) => decimal(quantities[stage] ?? '0');

/**
 * What a completed order owes, line by line: what left and what was cancelled is what was ordered, and the order knows as invoiced what
 * left. What is backordered does not count: nobody looks for stock for an order that has ended.
 */
export function linesOwed(
  wanted: readonly WantedLine[],
  order: SeenOrder,
  effects: readonly Effect[],
  mayCancel: (item: string) => boolean,
): readonly string[] {
  const shipped = shippedByLine(effects);
  return wanted.flatMap(({ lineNumber, item, quantity }) => {
    const name = `line ${lineNumber}`;
    const seen = order.lines.find((line) => line.lineNumber === lineNumber && line.item === item);
    if (seen === undefined) return [`${name}: ${quantity} ${item} were ordered, and the order has no such line`];
    const left = quantityOf(shipped, String(lineNumber));
    const cancelled = at(seen, 'cancelled');
    const invoiced = at(seen, 'invoiced');
    return [
      ...(compare(add(left, cancelled), decimal(quantity)) === 0
        ? []
        : [`${name}: ${quantity} ${item} were ordered, ${left} left and ${cancelled} are cancelled`]),
      ...(isPositive(cancelled) && !mayCancel(item)
        ? [`${name}: ${cancelled} ${item} are cancelled, and nothing explains it`]
        : []),
      ...(compare(left, invoiced) === 0
        ? []
        : [`${name}: ${left} ${item} left, the order knows ${invoiced} as invoiced`]),
    ];
  });
}

import type { Order } from '#model/canonical';
import type { OrderDocument } from '../document.ts';

/** What the customer wants now: what was given, with every change that was accepted laid over it. */
export function demandOf({ given, amended }: Pick<OrderDocument, 'given' | 'amended'>): Order {
  if (amended === undefined) return given;
  const { lines: changed = [], ...header } = amended;
  const present = new Map(changed.map((line) => [line.lineNumber, line]));
  const old = given.lines.map((line) => present.get(line.lineNumber) ?? line);
  const added = changed.filter(({ lineNumber }) => !given.lines.some((line) => line.lineNumber === lineNumber));
  return { ...given, ...header, lines: [...old, ...added] };
}

import { extendedAmount, type Money, money, roundHalfUp, sum } from '#model/kernel';
import type { OrderDocument } from '../document.ts';
import { demandOf } from './demand.ts';

/** Net of tax, all that is wanted, at the prices given or quoted; undefined while a price is missing. */
export function orderWorth(doc: OrderDocument): Money | undefined {
  const { lines, currency } = demandOf(doc);
  const amounts = lines.map(({ lineNumber, unitPrice, quantity }) => {
    const price = unitPrice ?? doc.prices[lineNumber]?.unitPrice;
    return price === undefined ? undefined : extendedAmount(price, quantity);
  });
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length < amounts.length ? undefined : money(roundHalfUp(sum(known), 2), currency);
}

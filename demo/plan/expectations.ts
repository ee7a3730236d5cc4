import { Big } from 'big.js';
import type { Decimal } from '#model/kernel';
import type { Submission, SubmittedLine } from './plan.ts';

const million = 1_000_000;

/** More than none, in whole pieces, and not beyond reason. */
const isQuantity = (quantity: Decimal): boolean =>
  new Big(quantity).gt(0) && new Big(quantity).lte(million) && new Big(quantity).mod(1).eq(0);

/** Goods cost something or nothing; a charge may be a deduction; neither is beyond reason. */
const isPrice = (unitPrice: Decimal, kind: SubmittedLine['kind']): boolean =>
  new Big(unitPrice).abs().lte(million) && (kind === 'charge' || new Big(unitPrice).gte(0));

/** As many lines as an order may have; of a longer one no more are looked at. */
const mostLines = 1_000;

/** Where the door will find fault with a submission, as JSON pointers; empty when it lets it in. */
export function doorFindings({ customer, lines }: Submission): readonly string[] {
  const wrong = lines
    .slice(0, mostLines)
    .flatMap(({ kind, quantity, unitPrice }, at) => [
      ...(isQuantity(quantity) ? [] : [`/lines/${at}/quantity`]),
      ...(isPrice(unitPrice, kind) ? [] : [`/lines/${at}/unitPrice`]),
    ]);
  return [...(customer === undefined ? ['/customer'] : []), ...wrong, ...(lines.length > mostLines ? ['/lines'] : [])];
}

/** A goods line's price may differ from the agreed one by one percent of the agreed one. Charges have no agreed price. */
export const priceDiffers = ({ kind, unitPrice }: SubmittedLine, agreed: Decimal): boolean =>
  kind === 'goods' && new Big(unitPrice).minus(agreed).abs().gt(new Big(agreed).times('0.01'));

import { add, compare, type Decimal, isNegative, isZero, subtract, sum, zero } from '#model/kernel';

/** Where the quantity of a goods line stands. Their sum is always the ordered quantity. Salesforce OrderItemSummary's pattern. */
export const quantityStages = [
  'open',
  'allocated',
  'released',
  'picked',
  'packed',
  'shipped',
  'backordered',
  'cancelled',
] as const;
export type QuantityStage = (typeof quantityStages)[number];

/**
 * The quantity state of one goods line, in the line's unit. A stage that is absent is zero.
 * `invoiced` and `returned` are counted beside it: shipped ≥ invoiced, shipped ≥ returned.
 */
export interface LineQuantities extends Partial<Readonly<Record<QuantityStage, Decimal>>> {
  readonly ordered: Decimal;
  readonly invoiced?: Decimal;
  readonly returned?: Decimal;
}

export const openLine = (ordered: Decimal): LineQuantities => ({ ordered, open: ordered });

export const at = (line: LineQuantities, stage: QuantityStage): Decimal => line[stage] ?? zero;

const without = (line: LineQuantities, stage: QuantityStage): LineQuantities => {
  const { [stage]: _, ...rest } = line;
  return rest;
};

const put = (line: LineQuantities, stage: QuantityStage, value: Decimal): LineQuantities =>
  isZero(value) ? without(line, stage) : { ...line, [stage]: value };

/** Moves a quantity from one stage to another. Throws `RangeError` when there is not so much: the caller's event is wrong. */
export function moveQuantity(
  line: LineQuantities,
  from: QuantityStage,
  to: QuantityStage,
  quantity: Decimal,
): LineQuantities {
  const left = subtract(at(line, from), quantity);
  if (isNegative(quantity) || isNegative(left)) {
    throw new RangeError(`cannot move ${quantity} from ${from} to ${to}: only ${at(line, from)} there`);
  }
  const taken = put(line, from, left);
  return put(taken, to, add(at(taken, to), quantity));
}

/** What is wrong with a line's quantities; empty when all is well. */
export function quantityBreaches(line: LineQuantities): readonly string[] {
  const breaches: string[] = [];
  const total = sum(quantityStages.map((stage) => at(line, stage)));
  if (compare(total, line.ordered) !== 0) breaches.push(`stages sum to ${total}, ordered ${line.ordered}`);
  for (const stage of quantityStages) if (isNegative(at(line, stage))) breaches.push(`${stage} is negative`);
  if (compare(line.invoiced ?? zero, at(line, 'shipped')) > 0) breaches.push('more invoiced than shipped');
  if (compare(line.returned ?? zero, at(line, 'shipped')) > 0) breaches.push('more returned than shipped');
  return breaches;
}

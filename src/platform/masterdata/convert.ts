import { type Decimal, failed, isDecimal, type LocalDate, multiply, ok, type Result } from '#model/kernel';
import type { CatalogueItem, Conversion } from './catalogue.ts';

export interface ConversionFailure {
  readonly code: 'no-conversion' | 'not-exact';
  /** One sentence for whoever asked. */
  readonly message: string;
}

const holds = ({ validFrom, validTo }: Conversion, on: LocalDate): boolean =>
  (validFrom === undefined || validFrom <= on) && (validTo === undefined || on < validTo);

/** Of two that hold, the younger. */
const younger = (a: Conversion, b: Conversion): number => (b.validFrom ?? '').localeCompare(a.validFrom ?? '');

/**
 * A quantity in one of the item's units as stock units, by the conversion that holds on a day. Never rounds: what does not fit
 * 15 digits and 6 decimal places is `not-exact`.
 */
export function convert(
  quantity: Decimal,
  fromUnit: string,
  item: CatalogueItem,
  on: LocalDate,
): Result<Decimal, ConversionFailure> {
  if (fromUnit === item.unit) return ok(quantity);
  const [conversion] = item.conversions.filter((each) => each.unit === fromUnit && holds(each, on)).sort(younger);
  if (conversion === undefined) {
    const message = `item ${item.item} is stocked in ${item.unit} and has no conversion from ${fromUnit} on ${on}`;
    return failed([{ code: 'no-conversion', message }]);
  }
  const converted = multiply(quantity, conversion.factor);
  if (isDecimal(converted)) return ok(converted);
  const message = `${quantity} ${fromUnit} of item ${item.item} is ${converted} ${item.unit}: more digits than a quantity may have`;
  return failed([{ code: 'not-exact', message }]);
}

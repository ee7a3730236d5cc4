import type { LineKind, OrderLine } from '#model/canonical';
import type { CatalogueItem } from '#model/capabilities';
import {
  add,
  compare,
  type Decimal,
  divideExactly,
  failed,
  isNegative,
  isPositive,
  isZero,
  type LocalDate,
  ok,
  type Result,
  zero,
} from '#model/kernel';
import type { Failure } from '#platform/gateway';
import type { DoorCatalogue, SubmissionLine } from './context.ts';
import { countedUnits, defaultUnit } from './units.ts';

const million = '1000000' as Decimal;
const mostQuantityPlaces = 3;
/** What the books can hold: a finer price would be rounded there, silently. */
const mostPricePlaces = 4;

/** The shortest way to write it: `6.00` is `6`, `-0` is `0`. */
const plainly = (value: Decimal): Decimal => (isZero(value) ? zero : add(value, zero));
const places = (value: Decimal): number => plainly(value).split('.')[1]?.length ?? 0;

function quantityFailure(quantity: Decimal, kind: LineKind): Omit<Failure, 'path'> | undefined {
  if (!isPositive(quantity)) {
    const message =
      kind === 'charge'
        ? 'Give a charge a positive quantity; a discount has a negative unitPrice instead.'
        : isNegative(quantity)
          ? 'Goods that come back are a return, not a line of an order. Give a quantity above zero, or leave the line out.'
          : 'Give a quantity above zero, or leave the line out.';
    return { code: 'not-positive', message };
  }
  if (compare(quantity, million) > 0) {
    return { code: 'absurd-quantity', message: `${quantity} is more than a line may have (${million}): check it.` };
  }
  if (places(quantity) > mostQuantityPlaces) {
    return { code: 'absurd-quantity', message: `Give at most ${mostQuantityPlaces} decimal places.` };
  }
  return undefined;
}

function priceFailure(price: Decimal | undefined, kind: LineKind): Omit<Failure, 'path'> | undefined {
  if (price === undefined) {
    if (kind === 'goods') return undefined;
    return { code: 'price-required', message: 'Give a charge its unitPrice: nobody else knows it.' };
  }
  if (kind === 'goods' && isNegative(price)) {
    const message = 'Goods cannot have a price below zero. Write a discount as a line of kind charge.';
    return { code: 'price-negative', message };
  }
  if (compare(price, million) > 0 || compare(price, `-${million}` as Decimal) < 0) {
    return { code: 'absurd-price', message: `${price} is beyond what a unit may cost (${million}): check it.` };
  }
  if (places(price) > mostPricePlaces) {
    return { code: 'absurd-price', message: `Give at most ${mostPricePlaces} decimal places.` };
  }
  return undefined;
}

interface Measured {
  readonly quantity: Decimal;
  readonly unit: string;
  readonly unitPrice?: Decimal;
}

const one = '1' as Decimal;

function unitFailure(line: SubmissionLine, unit: string, item: CatalogueItem, day: LocalDate): Failure {
  const known = [...new Set([item.unit, ...item.conversions.map((conversion) => conversion.unit)])];
  const message = `${line.item} cannot be counted in ${unit} on ${day}. Use one of ${known.join(', ')}.`;
  return { code: 'unit-not-convertible', path: '/unit', message };
}

/** Quantity and price in the item's stock unit: exactly, or not at all. An unknown item has no other unit than the one given. */
function measure(line: SubmissionLine, day: LocalDate, catalogue: DoorCatalogue): Result<Measured, Failure> {
  const item = catalogue.item(line.item);
  const stockUnit = item?.unit ?? line.unit ?? defaultUnit;
  const unit = line.unit ?? stockUnit;
  const inStockUnits = (quantity: Decimal): Result<Decimal, { readonly message: string }> =>
    item === undefined ? ok(quantity) : catalogue.convert(quantity, unit, item, day);
  const factor = inStockUnits(one);
  if (!factor.ok) return failed(item === undefined ? [] : [unitFailure(line, unit, item, day)]);
  const converted = inStockUnits(line.quantity);
  const quantity = converted.ok ? plainly(converted.value) : undefined;
  const found: Failure[] = [];
  if (quantity === undefined || (countedUnits.has(stockUnit) && places(quantity) > 0)) {
    const message = `${line.quantity} ${unit} is not a quantity of ${stockUnit} that can be counted out. Give one that is.`;
    found.push({ code: 'quantity-not-whole', path: '/quantity', message });
  } else if (compare(quantity, million) > 0) {
    const message = `${line.quantity} ${unit} is ${quantity} ${stockUnit}, more than a line may have (${million}).`;
    found.push({ code: 'absurd-quantity', path: '/quantity', message });
  }
  const unitPrice = line.unitPrice === undefined ? undefined : divideExactly(line.unitPrice, factor.value);
  if (line.unitPrice !== undefined && (unitPrice === undefined || places(unitPrice) > mostPricePlaces)) {
    const message = `${line.unitPrice} for one ${unit} is not an exact price for one ${stockUnit}. Give one that divides.`;
    found.push({ code: 'price-not-divisible', path: '/unitPrice', message });
  }
  if (found.length > 0 || quantity === undefined) return failed(found);
  return ok({ quantity, unit: stockUnit, ...(unitPrice === undefined ? {} : { unitPrice: plainly(unitPrice) }) });
}

const longestDescription = 200;

/** The catalogue's text as a line may have it: printable and not too long. */
const onOneLine = (text: string): string =>
  text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .slice(0, longestDescription)
    .toWellFormed()
    .trim();

/** Completes one line, or says all that is wrong with it; paths are relative to the line. An unknown item is none of it: the flow holds the line. */
export function acceptLine(
  line: SubmissionLine,
  lineNumber: number,
  day: LocalDate,
  catalogue: DoorCatalogue,
): Result<OrderLine, Failure> {
  const kind = line.kind ?? 'goods';
  const quantity = quantityFailure(line.quantity, kind);
  const price = priceFailure(line.unitPrice, kind);
  const measured = measure(line, day, catalogue);
  const found: Failure[] = [
    ...(quantity === undefined ? [] : [{ ...quantity, path: '/quantity' }]),
    ...(price === undefined ? [] : [{ ...price, path: '/unitPrice' }]),
  ];
  if (!measured.ok) {
    const told = new Set(found.map(({ path }) => path));
    return failed([...found, ...measured.failures.filter(({ path }) => !told.has(path))]);
  }
  if (found.length > 0) return failed(found);
  const description = line.description ?? onOneLine(catalogue.item(line.item)?.description ?? '');
  return ok({
    lineNumber,
    kind,
    item: line.item,
    ...(description === '' ? {} : { description }),
    ...measured.value,
  });
}

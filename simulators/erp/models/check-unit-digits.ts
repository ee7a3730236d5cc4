import type { Decimal } from '#model/kernel';
import { userError } from '../wire/refusals.ts';
import type { Books } from './books.ts';

/** Refuses half a piece of what is counted in whole ones. */
export function checkUnitDigits(books: Books, model: string, quantity: Decimal, unit: number | null): void {
  const digits = unit === null ? 2 : books.uoms.must(unit).digits;
  if ((quantity.split('.')[1] ?? '').replace(/0+$/, '').length > digits) {
    throw userError(
      `The number of digits in the value "${quantity}" for field "Quantity" in "${model}" exceeds the limit of "${digits}".`,
    );
  }
}

import { type Decimal, isDecimal, isNegative } from '#model/kernel';

/** A quantity as X12 writes decimals (`072`, `5.`, `.50`) in our plain notation; undefined when it is none, or negative. */
export function quantityOf(text: string): Decimal | undefined {
  const [, whole = '', part = ''] = /^(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (whole === '' && part === '') return undefined;
  const decimals = part.replace(/0+$/, '');
  const plain = `${whole.replace(/^0+(?=\d)/, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`;
  return isDecimal(plain) && !isNegative(plain) ? plain : undefined;
}

import { language } from './language.ts';

/** An amount as the APIs say it: decimal text and an ISO currency. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string, notation: 'standard' | 'compact'): Intl.NumberFormat {
  const key = `${currency} ${notation}`;
  let found = formats.get(key);
  if (found === undefined) {
    const digits = notation === 'compact' ? { maximumFractionDigits: 1 } : {};
    found = new Intl.NumberFormat(language, { style: 'currency', currency, notation, ...digits });
    formats.set(key, found);
  }
  return found;
}

/** Said as it came where the currency or the amount is none that can be formatted: never hide what a system told. */
function say({ amount, currency }: Money, notation: 'standard' | 'compact'): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount) || !/^[A-Z]{3}$/.test(currency)) return `${amount} ${currency}`;
  return format(currency, notation).format(amount as Intl.StringNumericLiteral);
}

/** `£1,234.50`; exact however large, because the decimal text is formatted and no float. */
export const money = (value: Money): string => say(value, 'standard');

/** `£1.2m` where there is little room, from 10,000 on. */
export const shortMoney = (value: Money): string =>
  Math.abs(Number(value.amount)) < 10_000 ? money(value) : say(value, 'compact');

/** Amounts of several currencies beside each other: `£1,234.50 + €20.00`; nothing: `–`. */
export const moneys = (values: readonly Money[], as: (value: Money) => string = money): string =>
  values.length === 0 ? '–' : values.map(as).join(' + ');

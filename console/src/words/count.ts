import { language } from './language.ts';

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });

/** A number with its separators: `1,234,567`. */
export const count = (value: number): string => whole.format(value);

/** A number where there is little room: `1.2m`. From 100,000 on; smaller ones stay whole. */
export const shortCount = (value: number): string => (Math.abs(value) < 100_000 ? count(value) : short.format(value));

/** A number with what it counts: `1 order`, `2,341 orders`, `no orders`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  if (value === 0) return `no ${many}`;
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share from 0 to 1 as `97.5%`. */
export const share = (value: number): string => percent.format(value);

/** A decimal of the APIs, which is text and may be longer than a number holds: `1,234.5000` → `1,234.5`. */
export function decimal(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? whole.format(text as Intl.StringNumericLiteral) : text;
}

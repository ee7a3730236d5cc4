import { type Decimal, decimal, type Instant } from '#model/kernel';

/** A field's value, or what is wrong with it and what to do. */
export type Field<Value> = { readonly value: Value } | { readonly wrong: string };

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

function number(text: string, pattern: RegExp, example: string, limits: string): Field<Decimal> {
  const plain = text.trim();
  if (plain === '') return { wrong: `is empty: write a number such as ${example}` };
  if (/^-?\d+,\d+$/.test(plain)) return { wrong: `${shown(text)} has a decimal comma: write it with a point` };
  if (!pattern.test(plain)) return { wrong: `${shown(text)} is not a number ${limits}: write one such as ${example}` };
  return { value: decimal(plain.replace(/^(-?)0+(?=\d)/, '$1').replace(/^-(0(?:\.0+)?)$/, '$1')) };
}

/** At most nine digits before and three after the point. Negative ones are read: they are returns, and refused later. */
export const quantityField = (text: string): Field<Decimal> =>
  number(text, /^-?\d{1,9}(\.\d{1,3})?$/, '6', 'of at most 9 digits and 3 decimal places');

/** At most nine digits before and four after the point, which is what an ERP's unit price holds. */
export const priceField = (text: string): Field<Decimal> =>
  number(text, /^-?\d{1,9}(\.\d{1,4})?$/, '2.55', 'of at most 9 digits and 4 decimal places');

const american = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d{2})$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?Z?$/;

/** `12/1/10 8:26` (month first) or `2010-12-01 08:26`, read as UTC; from 1990 until now, as an order that was placed. */
export function momentField(text: string, now = new Date()): Field<Instant> {
  const plain = text.trim();
  const us = american.exec(plain);
  const parts = us === null ? iso.exec(plain)?.slice(1, 6) : [us[3], us[1], us[2], us[4], us[5]];
  const wrong = `${shown(text)} is not a moment: write it as 12/1/10 8:26 (month first) or 2010-12-01 08:26`;
  if (parts === undefined) return { wrong };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const moment = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day, hour, minute));
  const exists = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day && hour < 24 && minute < 60;
  if (!exists) return { wrong: `${shown(text)} is not in the calendar: correct it` };
  const placed = moment.getUTCFullYear() >= 1990 && moment <= now;
  return placed ? { value: moment.toISOString() } : { wrong: `${shown(text)} is not between 1990 and now: correct it` };
}

/** A number or code that the systems can carry: printable, not empty, at most so long. */
export function codeField(text: string, longest: number): Field<string> {
  const plain = text.trim();
  if (plain === '') return { wrong: 'is empty: give it a value' };
  if (plain.length > longest) return { wrong: `${shown(text)} is longer than ${longest} characters: shorten it` };
  if (!/^[\x20-\x7e]+$/.test(plain)) return { wrong: `${shown(text)} has characters that are not plain ASCII` };
  return { value: plain };
}

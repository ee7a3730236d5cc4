import { Big } from 'big.js';
import type { Stored } from '../records/row.ts';
import { crash } from './refusals.ts';

/** The types of fields, in the words of `fields_get`. */
export type FieldType =
  | 'boolean'
  | 'integer'
  | 'char'
  | 'text'
  | 'selection'
  | 'float'
  | 'numeric'
  | 'date'
  | 'timestamp'
  | 'many2one'
  | 'one2many'
  | 'many2many'
  | 'reference';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function dateToWire(day: string): object {
  const [year, month, date] = day.split('-').map(Number);
  return { __class__: 'date', year, month, day: date };
}

function timestampToWire(micros: number): object {
  const at = new Date(Math.floor(micros / 1000));
  return {
    __class__: 'datetime',
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    microsecond: micros % 1_000_000,
  };
}

/** What is held, as the wire writes it: exact numbers in `Decimal`, quantities as plain numbers, UTC times in `datetime`. */
export function toWire(type: FieldType, value: Stored): unknown {
  if (value === null) return null;
  if (type === 'numeric') return { __class__: 'Decimal', decimal: value };
  if (type === 'float') return Number(value);
  if (type === 'date') return dateToWire(String(value));
  if (type === 'timestamp') return timestampToWire(Number(value));
  return value;
}

interface Marked {
  readonly __class__?: unknown;
  readonly decimal?: unknown;
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly microsecond?: number;
}

const markedAs = (input: unknown, name: string): Marked | undefined =>
  typeof input === 'object' && input !== null && (input as Marked).__class__ === name ? (input as Marked) : undefined;

function exactNumber(input: unknown, type: FieldType): string {
  const text = markedAs(input, 'Decimal')?.decimal ?? input;
  if (typeof text !== 'string' && typeof text !== 'number') throw crash(`invalid ${type}: ${JSON.stringify(input)}`);
  try {
    return new Big(text).toFixed();
  } catch {
    throw crash("[<class 'decimal.ConversionSyntax'>]");
  }
}

/** The digits that were sent stay: `12.50` is not made `12.5`. */
function sentNumber(input: unknown, type: FieldType): string {
  const exact = exactNumber(input, type);
  const sent = markedAs(input, 'Decimal')?.decimal;
  return typeof sent === 'string' && /^-?\d+(\.\d+)?$/.test(sent) ? sent : exact;
}

function dateFromWire(input: unknown): string {
  const marked = markedAs(input, 'date') ?? markedAs(input, 'datetime');
  if (marked !== undefined)
    return `${pad(marked.year ?? 0, 4)}-${pad(marked.month ?? 0, 2)}-${pad(marked.day ?? 0, 2)}`;
  if (typeof input === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(input)) return input;
  throw crash(`invalid date: ${JSON.stringify(input)}`);
}

function timestampFromWire(input: unknown): number {
  const marked = markedAs(input, 'datetime') ?? markedAs(input, 'date');
  if (marked !== undefined) {
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0 } = marked;
    return Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + microsecond;
  }
  const parsed = typeof input === 'string' ? Date.parse(input.endsWith('Z') ? input : `${input}Z`) : Number.NaN;
  if (Number.isNaN(parsed)) throw crash(`invalid datetime: ${JSON.stringify(input)}`);
  return parsed * 1000;
}

function idFromWire(input: unknown): number {
  const id = Number(input);
  if (typeof input === 'boolean' || !Number.isInteger(id))
    throw crash(`invalid literal for int(): ${JSON.stringify(input)}`);
  return id;
}

/** What was sent for a field of this type, as it is held. Throws as the real one does on what it cannot take. */
export function fromWire(type: FieldType, input: unknown): Stored {
  if (input === null || input === undefined) return null;
  if (type === 'numeric') return sentNumber(input, type);
  if (type === 'float') return exactNumber(input, type);
  if (type === 'date') return dateFromWire(input);
  if (type === 'timestamp') return timestampFromWire(input);
  if (type === 'boolean') return Boolean(input);
  if (type === 'integer' || type === 'many2one') return idFromWire(input);
  if (type === 'one2many' || type === 'many2many') {
    return Array.isArray(input) ? input.map(idFromWire) : idFromWire(input);
  }
  if (typeof input === 'object') throw crash(`invalid ${type}: ${JSON.stringify(input)}`);
  return String(input);
}

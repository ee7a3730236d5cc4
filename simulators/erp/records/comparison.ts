import { Big } from 'big.js';
import { crash, keyError } from '../wire/refusals.ts';
import { type FieldType, fromWire } from '../wire/values.ts';
import { like } from './like.ts';
import type { Stored } from './row.ts';

/** Whether a value of a field is one that is wanted. */
export type Compare = (value: Stored) => boolean;

/** The operators that say not, and what they deny. */
export const negated: Readonly<Record<string, string>> = {
  '!=': '=',
  'not in': 'in',
  'not like': 'like',
  'not ilike': 'ilike',
};

const exact = (type: FieldType): boolean => type === 'numeric' || type === 'float';

/** As SQL compares: numbers by size, everything else as it stands; null is neither smaller nor larger. */
function order(type: FieldType, a: Stored, b: Stored): number {
  if (exact(type)) return new Big(String(a)).cmp(String(b));
  if (a === b) return 0;
  return (a as string | number) < (b as string | number) ? -1 : 1;
}

const ordered: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

function listed(type: FieldType, operand: unknown): Compare {
  if (!Array.isArray(operand)) throw crash('in operator wants a list');
  const values = operand.map((one) => fromWire(type, one));
  if (exact(type))
    return (value) => value !== null && values.some((one) => one !== null && order(type, value, one) === 0);
  const known = new Set(values);
  return (value) => known.has(value);
}

/** A comparison of one scalar. The negative operators also find rows where nothing stands. */
export function comparison(type: FieldType, operator: string, operand: unknown): Compare {
  const positive = negated[operator];
  if (positive !== undefined) {
    const holds = comparison(type, positive, operand);
    return (value) => (operand === null ? !holds(value) : value === null || !holds(value));
  }
  if (operator === 'in') return listed(type, operand);
  if (operator === 'like' || operator === 'ilike') return like(String(operand ?? ''), operator === 'ilike');
  if (operator === '=') {
    const wanted = fromWire(type, operand);
    if (wanted === null) return (value) => value === null;
    return (value) => value !== null && order(type, value, wanted) === 0;
  }
  const holds = ordered[operator];
  if (holds === undefined) throw keyError(operator);
  const bound = fromWire(type, operand);
  return (value) => value !== null && bound !== null && holds(order(type, value, bound));
}

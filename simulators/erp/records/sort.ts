import { Big } from 'big.js';
import { crash } from '../wire/refusals.ts';
import { type Field, fieldValue, type Model, type Order } from './model.ts';
import { fieldNamed, modelNamed, type Registry } from './registry.ts';
import type { Row, Stored } from './row.ts';
import type { Transaction } from './transaction.ts';

function compareValues(field: Field, a: Stored, b: Stored, nullsFirst: boolean, sign: number): number {
  if (a === b) return 0;
  if (a === null) return nullsFirst ? -1 : 1;
  if (b === null) return nullsFirst ? 1 : -1;
  if (field.type === 'numeric' || field.type === 'float') return sign * new Big(String(a)).cmp(String(b));
  return (a as string | number) < (b as string | number) ? -sign : sign;
}

interface SortKey {
  readonly field: Field;
  readonly value: (row: Row) => Stored;
}

/** What a row is sorted by: for a relation, the name of what it leads to, or the field there that a dotted path names. */
function sortValue(registry: Registry, model: Model, path: string, transaction: Transaction): SortKey {
  const [name = '', ...nested] = path.split('.');
  const field = fieldNamed(model, name);
  if (field.type !== 'many2one' || field.relation === undefined) {
    return { field, value: (row) => fieldValue(field, name, row, transaction) };
  }
  const target = modelNamed(registry, field.relation);
  const further = sortValue(registry, target, nested.length === 0 ? 'rec_name' : nested.join('.'), transaction);
  return {
    field: further.field,
    value: (row) => {
      const related = target.table.get(Number(fieldValue(field, name, row, transaction)));
      return related === undefined ? null : further.value(related);
    },
  };
}

/** The rows in the order that was asked for; those that are equal in it by id. */
export function sortRows(
  registry: Registry,
  model: Model,
  rows: readonly Row[],
  order: Order,
  transaction: Transaction,
): readonly Row[] {
  const keys = order.map(([name, direction, nulls]) => {
    const sign = direction === 'DESC' ? -1 : 1;
    // PostgreSQL counts null as larger than everything.
    const nullsFirst = nulls === undefined ? direction === 'DESC' : nulls === 'FIRST';
    return { ...sortValue(registry, model, name, transaction), sign, nullsFirst };
  });
  const decorated = rows.map((row) => ({ row, values: keys.map(({ value }) => value(row)) }));
  decorated.sort((a, b) => {
    for (const [at, { field, sign, nullsFirst }] of keys.entries()) {
      const difference = compareValues(field, a.values[at] ?? null, b.values[at] ?? null, nullsFirst, sign);
      if (difference !== 0) return difference;
    }
    return a.row.id - b.row.id;
  });
  return decorated.map(({ row }) => row);
}

/** The order that was sent, `[['name', 'ASC NULLS FIRST'], …]`; the model's own when none was. */
export function orderFrom(model: Model, sent: unknown): Order {
  if (sent === null || sent === undefined) return model.order;
  if (!Array.isArray(sent)) throw crash('the order must be a list of pairs');
  return sent.map((pair) => {
    const [name, words] = Array.isArray(pair) ? pair : [pair, 'ASC'];
    const [direction, , nulls] = String(words ?? 'ASC')
      .toUpperCase()
      .split(' ');
    return [String(name), direction === 'DESC' ? 'DESC' : 'ASC', nulls as 'FIRST' | 'LAST' | undefined] as const;
  }) as Order;
}
